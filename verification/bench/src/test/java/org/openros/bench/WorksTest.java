// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openros.bench.client.ServerAddress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class WorksTest {
    private static final double SECONDS = 0.3;

    @Test
    void closedLoopUploadsAreAcknowledgedAndCounted() throws Exception {
        try (FakeServer server = new FakeServer()) {
            Measurement measurement = new UploadWork(2, 3, 2, 10, 0).run(options(server));

            double done = value(measurement, "rate") * SECONDS;
            assertThat(done).isPositive().isLessThanOrEqualTo(server.uploads());
            assertThat(value(measurement, "ack p50")).isPositive().isLessThanOrEqualTo(value(measurement, "ack max"));
        }
    }

    @Test
    void comparisonReportsMedians() {
        Measurement compared = CompareWork.compared(
                List.of(measured(10, 1), measured(90, 3), measured(20, 2)),
                List.of(measured(10, 4), measured(10, 5), measured(10, 6)));

        assertThat(value(compared, "rate")).isEqualTo(20);
        assertThat(value(compared, "other rate")).isEqualTo(10);
        assertThat(value(compared, "ratio of rates")).isEqualTo(2);
        assertThat(value(compared, "ack p50")).isEqualTo(2);
        assertThat(value(compared, "other ack p99")).isEqualTo(50);
    }

    private static Measurement measured(double rate, double milliseconds) {
        return new Measurement.Builder("upload")
                .add("rate", rate, "/s")
                .add("ack p50", milliseconds, "ms")
                .add("ack p99", milliseconds * 10, "ms")
                .build();
    }

    @Test
    void openLoopWritesNoFasterThanItsRate() throws Exception {
        try (FakeServer server = new FakeServer()) {
            int realms = 2;
            int rate = 100;
            long begin = System.nanoTime();

            Measurement measurement = new UploadWork(realms, 1, 1, 10, rate).run(options(server));

            double seconds = (System.nanoTime() - begin) / 1e9;
            assertThat(value(measurement, "rate")).isPositive();
            assertThat((double) server.uploads()).isBetween((double) realms + 1, 2 * realms + rate * seconds);
        }
    }

    @Test
    void everyWriteReachesEveryReader() throws Exception {
        try (FakeServer server = new FakeServer()) {
            Measurement measurement = new FanOutWork(4, 2, 10, 0).run(options(server));

            assertThat(value(measurement, "deliveries")).isEqualTo(value(measurement, "writes") * 4);
            assertThat(value(measurement, "last reader p50")).isPositive();
        }
    }

    @Test
    void firstDownloadsAreComplete() throws Exception {
        try (FakeServer server = new FakeServer()) {
            Measurement measurement = new FirstDownloadWork(1100, List.of(1, 3), 2, 10).run(options(server));

            assertThat(value(measurement, "1 client p50")).isPositive();
            assertThat(value(measurement, "3 clients max")).isPositive();
        }
    }

    @Test
    void idleSessionsShareSocketsAndUsers() throws Exception {
        try (FakeServer server = new FakeServer()) {
            Measurement measurement = new IdleWork(330, 3, 7, 0).run(options(server));

            assertThat(measurement.work()).contains("330 sessions on 110 sockets");
            assertThat(server.logIns()).isEqualTo(2);
        }
    }

    @Test
    void stockClientReportsProgressBehindEachAcknowledgement() throws Exception {
        try (FakeServer server = new FakeServer()) {
            Measurement measurement = new StockWork(1, 10).run(options(server));

            assertThat(value(measurement, "ack p50")).isPositive();
        }
    }

    @Test
    void refusedUploadFailsTheWorkWithTheReason() {
        try (FakeServer server = new FakeServer(5)) {
            assertThatThrownBy(() -> new UploadWork(1, 1, 1, 10, 0).run(options(server)))
                    .isInstanceOf(LoadFailed.class)
                    .hasMessage("a session ended: error 212: enough");
        }
    }

    @Test
    void unreachableServerFailsTheWork() {
        FakeServer server = new FakeServer();
        server.close();

        assertThatThrownBy(() -> new UploadWork(1, 1, 1, 10, 0).run(options(server)))
                .isInstanceOf(LoadFailed.class)
                .hasMessageStartingWith("a user could not log in");
    }

    @Test
    void aWorkerIsComparedWithoutItsGateway() throws Exception {
        try (FakeServer server = new FakeServer(); FakeLink link = new FakeLink()) {
            UploadWork upload = new UploadWork(2, 2, 2, 40, 0);

            Measurement measurement = new CompareWork(upload, link.address(), 1).run(options(server));

            assertThat(value(measurement, "rate")).isPositive();
            assertThat(value(measurement, "other rate")).isPositive();
        }
    }

    @Test
    void diskIsMeasuredAndLeftClean(@TempDir Path folder) throws Exception {
        try (FakeServer server = new FakeServer()) {
            Measurement measurement = new DiskWork(folder, 2).run(options(server));

            assertThat(value(measurement, DiskWork.FDATASYNC)).isPositive();
            assertThat(value(measurement, DiskWork.ROCKS)).isPositive();
            assertThat(folder).isEmptyDirectory();
        }
    }

    private static Site.Options options(FakeServer server) {
        ServerAddress address = ServerAddress.of(URI.create(server.url()), "test", null);
        return new Site.Options(address, true, 2, SECONDS, 0.1, 20, Optional.empty());
    }

    private static double value(Measurement measurement, String figure) {
        return measurement.figure(figure).orElseThrow().value();
    }
}
