// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ros group} against a gateway, alone or of a cluster, that answers what it is told to. */
class GroupOfServerTest {
    private static final String GROUP = "GET /admin/v1/groups/default";
    private static final String STATUS = """
            {"label": "default", "state": "serving", "master": "worker-1", "epoch": 4, "nodes": [
               {"node": "worker-1", "role": "master", "inStep": true, "epoch": 4, "committed": 90, "last": 91, "lag": 0},
               {"node": "worker-2", "role": "joining", "inStep": false, "lag": 4711, "whyNotServing": "it copies"},
               {"node": "worker-3", "role": "unreachable", "inStep": false}],
             "alarms": [{"node": "worker-1", "kind": "no-spare", "message": "start the third worker"}],
             "record": {"epoch": 4, "master": "worker-1", "members": ["worker-1", "worker-2"], "reason": "first start"}}
            """;

    @TempDir
    Path temporary;

    private final Interface gateway = new Interface();
    private final Interface worker = new Interface();
    private Path token = Path.of("");
    private String out = "";
    private String err = "";

    /** Answers routes, and notes what was asked. */
    private static final class Interface {
        private final Map<String, String> answers = new ConcurrentHashMap<>();
        private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final HttpServer server;

        Interface() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            server.createContext("/", this::answer);
            server.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            String route = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(body.isEmpty() ? route : route + " " + body);
            byte[] answer = answers.getOrDefault(route, "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(statuses.getOrDefault(route, 200), answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        }

        void refusing(String route, int status, String detail) {
            statuses.put(route, status);
            answers.put(route, "{\"type\": \"urn:x\", \"detail\": \"" + detail + "\"}");
        }

        int port() {
            return server.getAddress().getPort();
        }
    }

    @BeforeEach
    void writeToken() throws IOException {
        token = Files.writeString(temporary.resolve("token"), "a token\n");
        gateway.answers.put(GROUP, STATUS);
        worker.answers.put("GET /group/status", """
                {"node": "worker-1", "role": "master", "epoch": 4, "committed": 90, "last": {"seq": 90}}
                """);
    }

    @AfterEach
    void stop() {
        gateway.server.stop(0);
        worker.server.stop(0);
    }

    private int ros(List<String> server, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("group", command));
        arguments.addAll(server);
        arguments.addAll(List.of(more));
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        CommandLine line = RosCommand.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(complained));
        int code = line.execute(arguments.toArray(String[]::new));
        out = printed.toString();
        err = complained.toString();
        return code;
    }

    private List<String> server() {
        return List.of("--url", "http://127.0.0.1:" + gateway.port(), "--token-file", token.toString());
    }

    /** The folder of a cluster with the gateway and one worker. */
    private List<String> cluster() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("cluster"));
        Files.createDirectories(folder.resolve("keys"));
        Files.writeString(folder.resolve("keys/admin.json"), "{\"ADMIN_TOKEN\": \"a token\"}");
        String process = """
                {"name": "%s", "kind": "%s", "group": %s, "agent": null, "ports": {"http": %d}, "process": null,
                 "command": []}""";
        Files.writeString(folder.resolve("cluster.json"), """
                {"version": 1, "host": "127.0.0.1", "groups": 1, "workerHeap": "512m", "processes": [%s, %s]}
                """.formatted(
                process.formatted("worker-1", "worker", "\"default\"", worker.port()),
                process.formatted("gateway-1", "gateway", "null", gateway.port())));
        return List.of("--dir", folder.toString());
    }

    @Test
    void theStatusIsTheServersInTheFormOfTheWorkers() {
        assertThat(ros(server(), "status")).as(err).isZero();
        assertThat(out).containsPattern("worker-1 +master +true +4 +90 +91 +0\\n")
                .containsPattern("worker-2 +joining +false .* 4711\\n")
                .contains("worker-3 does not answer", "worker-2: it copies",
                        "worker-1: no-spare: start the third worker",
                        "Record: epoch 4, promoted last worker-1, members worker-1, worker-2 (first start)");

        assertThat(ros(server(), "status", "-o", "json")).isZero();
        JsonNode nodes = JsonMapper.shared().readTree(out).path("nodes");
        assertThat(nodes.path("worker-1").path("last").path("seq").asLong()).isEqualTo(91);
        assertThat(nodes.path("worker-3").isNull()).isTrue();
    }

    @Test
    void anotherGroupIsNamed() {
        gateway.answers.put("GET /admin/v1/groups/eu", STATUS);
        assertThat(ros(server(), "status", "--group", "eu")).as(err).isZero();
        assertThat(gateway.asked).containsExactly("GET /admin/v1/groups/eu");
    }

    @Test
    void theServerChoosesWhomAnOrderIsFor() {
        gateway.answers.put("POST /admin/v1/groups/default/step-down",
                "{\"node\": \"worker-1\", \"message\": \"the backup takes over\"}");
        assertThat(ros(server(), "step-down")).as(err).isZero();
        assertThat(out).contains("worker-1: the backup takes over", "ros group status");
        assertThat(ros(server(), "pause", "--node", "worker-2")).isZero();
        assertThat(gateway.asked).containsExactly("POST /admin/v1/groups/default/step-down {}",
                "POST /admin/v1/groups/default/pause {\"node\":\"worker-2\"}");
    }

    @Test
    void anOrderThatIsRefusedIsToldFromOneOfWhichNobodyKnows() {
        String route = "POST /admin/v1/groups/default/step-down";
        gateway.refusing(route, 409, "worker-1: no backup is in step");
        assertThat(ros(server(), "step-down")).isEqualTo(1);
        assertThat(err).contains("worker-1: no backup is in step");
        gateway.refusing(route, 503, "the group has no master now");
        assertThat(ros(server(), "step-down")).isEqualTo(4);
        assertThat(err).contains("has no master now", "ros group status");
        gateway.refusing(route, 401, "expired");
        assertThat(ros(server(), "step-down")).isEqualTo(1);
        assertThat(err).contains("refuses the token");
    }

    @Test
    void theWorkersAreComparedByAJob() {
        gateway.answers.put("POST /admin/v1/groups/default/verify", "{\"jobId\": \"j\"}");
        gateway.answers.put("GET /admin/v1/jobs/j",
                "{\"state\": \"succeeded\", \"result\": {\"seq\": 90, \"nodes\": {\"worker-1\": \"abc\"}}}");
        assertThat(ros(server(), "verify", "-o", "json")).as(err).isZero();
        assertThat(out).isEqualTo("{\"equal\":true,\"seq\":90,\"nodes\":{\"worker-1\":\"abc\"}}\n");

        gateway.answers.put("GET /admin/v1/jobs/j", """
                {"state": "failed", "error": "the workers differ",
                 "result": {"seq": 90, "nodes": {"worker-1": "abc", "worker-2": "abd"}}}
                """);
        assertThat(ros(server(), "verify")).isEqualTo(1);
        assertThat(out).contains("worker-2 abd", "DIFFERENT at entry 90");

        gateway.answers.put("GET /admin/v1/jobs/j", "{\"state\": \"failed\", \"error\": \"not two workers\"}");
        assertThat(ros(server(), "verify")).isEqualTo(4);
        assertThat(err).contains("not two workers");
    }

    @Test
    void theLastResortNeedsTheFlagAndGoesToTheWorkerThatWasChosen() {
        assertThat(ros(server(), "force-promote", "--accept-data-loss")).isEqualTo(1);
        assertThat(err).contains("worker-1 is master");
        gateway.answers.put(GROUP, """
                {"label": "default", "state": "down", "alarms": [], "nodes": [
                   {"node": "worker-2", "role": "spare", "inStep": false, "epoch": 4, "last": 77},
                   {"node": "worker-3", "role": "unreachable", "inStep": false}]}
                """);
        assertThat(ros(server(), "force-promote")).isEqualTo(2);
        assertThat(err).contains("worker-2 has entries up to 77, epoch 4", "--accept-data-loss");
        assertThat(gateway.asked).containsOnly(GROUP);
        assertThat(ros(server(), "force-promote", "--accept-data-loss")).as(err).isZero();
        assertThat(gateway.asked).last().asString().startsWith("POST /admin/v1/groups/default/force-promote")
                .contains("\"acceptDataLoss\":true", "\"node\":\"worker-2\"");
    }

    @Test
    void ofAClusterTheGatewayIsAskedWithTheTokenOfItsFolder() throws Exception {
        assertThat(ros(cluster(), "status")).as(err).isZero();
        assertThat(out).contains("4711");
        assertThat(ros(cluster(), "pause")).isZero();
        assertThat(err).isEmpty();
        assertThat(gateway.asked).containsExactly(GROUP, GROUP, "POST /admin/v1/groups/default/pause {}");
        assertThat(worker.asked).isEmpty();
    }

    @Test
    void ofAClusterWithoutGatewaysTheWorkersThemselvesAreAsked() throws Exception {
        List<String> cluster = cluster();
        gateway.server.stop(0);
        assertThat(ros(cluster, "status", "-o", "json")).as(err).isZero();
        assertThat(JsonMapper.shared().readTree(out).path("nodes").path("worker-1").path("committed").asLong())
                .isEqualTo(90);
        assertThat(err.lines()).hasSize(1);
        assertThat(err).contains("asking the workers themselves");
        assertThat(ros(cluster, "step-down")).as(err).isZero();
        assertThat(worker.asked).last().isEqualTo("POST /group/step-down {}");
    }

    @Test
    void ofAClusterWhoseCoreServicesNeverRanTheWorkersAreAsked() throws Exception {
        List<String> cluster = cluster();
        Files.delete(temporary.resolve("cluster/keys/admin.json"));
        assertThat(ros(cluster, "status")).as(err).isZero();
        assertThat(err).contains("asking the workers themselves", "no token yet");
        assertThat(gateway.asked).isEmpty();
    }

    @Test
    void ofAClusterTheWorkersAreAskedAtOnceIfThatIsWanted() throws Exception {
        assertThat(ros(cluster(), "pause", "--direct")).as(err).isZero();
        assertThat(err).isEmpty();
        assertThat(gateway.asked).isEmpty();
        assertThat(worker.asked).last().isEqualTo("POST /group/pause {}");
        assertThat(ros(server(), "pause", "--direct")).isEqualTo(2);
    }

    @Test
    void ofAClusterWithoutCoreServicesTheWorkersAreAsked() throws Exception {
        gateway.refusing(GROUP, 503, "no core services");
        assertThat(ros(cluster(), "pause")).as(err).isZero();
        assertThat(err).contains("asking the workers themselves", "no core services");
        assertThat(worker.asked).containsOnlyOnce("POST /group/pause {}");
    }

    @Test
    void anOrderThatAGatewayTookIsNotGivenAgain() throws Exception {
        gateway.refusing("POST /admin/v1/groups/default/pause", 503, "it may have done it");
        assertThat(ros(cluster(), "pause")).isEqualTo(4);
        assertThat(worker.asked).isEmpty();
    }

    @Test
    void aComparisonThatCannotBeAJobIsMadeWithTheWorkers() throws Exception {
        gateway.refusing("POST /admin/v1/groups/default/verify", 503, "the group has no master now");
        assertThat(ros(cluster(), "verify")).isEqualTo(4);
        assertThat(err).contains("asking the workers themselves", "not two workers to compare");
    }

    @Test
    void optionsOfDifferentWaysDoNotFitTogether() throws Exception {
        List<String> cluster = cluster();
        assertThat(ros(cluster, "status", "--url", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(ros(server(), "status", "--secret", token.toString())).isEqualTo(2);
        assertThat(err).contains("--worker");
        assertThat(ros(cluster, "status", "--worker", "http://127.0.0.1:1", "--secret", token.toString()))
                .isEqualTo(2);
    }
}
