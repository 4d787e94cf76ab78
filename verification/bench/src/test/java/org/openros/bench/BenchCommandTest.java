// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class BenchCommandTest {
    private record Result(int code, String out) {}

    @Test
    void smokeSeriesHasFiguresForEveryWork(@TempDir Path folder) {
        try (FakeServer server = new FakeServer()) {
            Result result = run(
                    "--url", server.url(), "--app", "test", "--seconds", "0.2", "--warm-up", "0", "all", "--smoke",
                    "--folder", folder.toString());

            assertThat(result.code).isZero();
            assertThat(result.out)
                    .contains("ack p50", "deliveries", "3 clients p50", "ratio to fdatasync")
                    .doesNotContain("not measured", "failed");
        }
    }

    @Test
    void optionsMayStandBehindTheWorkAndJsonHasTheFigures() {
        try (FakeServer server = new FakeServer()) {
            long pid = ProcessHandle.current().pid();
            Result result = run(
                    "upload", "--url", server.url(), "--app", "test", "--seconds", "0.2", "--warm-up", "0", "--json",
                    "--pid", Long.toString(pid));

            JsonNode measurement = JsonMapper.shared().readTree(result.out).get(0);
            assertThat(result.code).isZero();
            assertThat(measurement.get("work").stringValue())
                    .startsWith("upload: 1 realm(s), 1 writer(s) each, depth 1");
            assertThat(measurement.get("figures").get(0).get("name").stringValue()).isEqualTo("rate");
            assertThat(measurement.get("figures").toString()).contains("server CPU", "server RSS");
        }
    }

    @Test
    void serverWithoutUsersIsReachedByItsPath() {
        try (FakeServer server = new FakeServer()) {
            Result result = run(
                    "--url", server.url(), "--path", "/api/client/v2.0/app/test/realm-sync", "--no-login",
                    "--seconds", "0.1", "--warm-up", "0", "--json", "upload");

            assertThat(result.code).isZero();
            assertThat(server.logIns()).isZero();
        }
    }

    @Test
    void twoServersAreMeasuredInTurnsAndCompared() {
        try (FakeServer server = new FakeServer();
                FakeServer other = new FakeServer()) {
            Result result = run(
                    "compare", "--url", server.url(), "--other", other.url(), "--app", "test", "--seconds", "0.2",
                    "--warm-up", "0", "--rounds", "2", "--json");

            assertThat(result.code).isZero();
            assertThat(result.out).contains("median of 2 round(s)", "other rate", "ratio of rates", "other ack p50");
            assertThat(server.uploads()).isPositive();
            assertThat(other.uploads()).isPositive();
        }
    }

    @Test
    void failedWorkIsAFailedCommand() {
        try (FakeServer server = new FakeServer(3)) {
            Result result = run(
                    "upload", "--url", server.url(), "--app", "test", "--seconds", "0.2", "--warm-up", "0", "--json");

            assertThat(result.code).isEqualTo(1);
            assertThat(result.out).contains("error 212");
        }
    }

    @Test
    void wrongUsageIsToldApartFromFailure() {
        assertThat(run().code).isEqualTo(2);
        assertThat(run("upload", "--url", "ftp://127.0.0.1").code).isEqualTo(2);
        assertThat(run("compare").code).isEqualTo(2);
        assertThat(run("compare", "--other", "ftp://127.0.0.1").code).isEqualTo(2);
        assertThat(run("compare", "--other", "http://127.0.0.1:1", "--rounds", "0").code).isEqualTo(2);
        assertThat(run("--help").code).isZero();
        assertThat(run("upload", "--help").code).isZero();
    }

    private static Result run(String... args) {
        PrintStream out = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            return new Result(BenchCommand.execute(args), captured.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
        }
    }
}
