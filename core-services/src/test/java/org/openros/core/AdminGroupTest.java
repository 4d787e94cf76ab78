// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.cluster.LockService;
import org.openros.cluster.group.GroupKeys;
import org.openros.core.ApiClient.Reply;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Groups through the administrators' interface, with workers that answer what they are told to. */
class AdminGroupTest {
    private static final String GROUPS = "/admin/v1/groups";
    private static final Duration LIFE = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private CoreServicesRunner core;
    private ApiClient client;
    private String admin = "";
    private final List<FakeWorker> workers = new CopyOnWriteArrayList<>();

    /** Records the orders it gets. */
    private static final class FakeWorker {
        private final HttpServer server;
        private final Map<String, String> answers = new ConcurrentHashMap<>();
        private final List<String> orders = new CopyOnWriteArrayList<>();
        private final List<String> bodies = new CopyOnWriteArrayList<>();
        private volatile int status = 200;

        FakeWorker(String role, long epoch, String hash) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
            answers.put("status", "{\"role\":\"" + role + "\",\"epoch\":" + epoch
                    + ",\"committed\":7,\"last\":{\"seq\":8},\"lag\":0,\"inStep\":true,\"version\":\"1\",\"alarms\":"
                    + "[{\"kind\":\"solo\",\"message\":\"alone\"}]}");
            answers.put("verify", "{\"sha256\":\"" + hash + "\"}");
            server.createContext("/group/", this::answer);
            server.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            String order = exchange.getRequestURI().getPath().substring("/group/".length());
            boolean known = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))
                    .startsWith("Bearer ");
            if (!order.equals("status")) {
                orders.add(order);
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            }
            byte[] body = answers.getOrDefault(order, "{\"message\":\"said of " + order + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? order.equals("status") ? 200 : status : 401, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }
    }

    @BeforeEach
    void start() throws Exception {
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"), "--ros.auth.admin-token-file=" + folder.resolve("admin.json"));
        client = new ApiClient(core.url());
        admin = CoreServicesRunner.adminToken(folder.resolve("admin.json"));
    }

    @AfterEach
    void stop() {
        client.close();
        core.close();
        workers.forEach(worker -> worker.server.stop(0));
    }

    private FakeWorker worker(String name, String role, long epoch, String hash) throws Exception {
        FakeWorker worker = new FakeWorker(role, epoch, hash);
        workers.add(worker);
        LockService locks = core.bean(LockService.class);
        locks.putWhileAlive(
                new GroupKeys(GroupId.DEFAULT).node(new NodeId(name)),
                ("{\"api\":\"" + worker.url() + "\"}").getBytes(StandardCharsets.UTF_8),
                locks.openSession(name, LIFE));
        return worker;
    }

    private JsonNode awaitEnd(String job) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> client.get("/admin/v1/jobs/" + job, admin).json(), found -> found.has("endedAt"));
    }

    @Test
    void theStatusIsThatOfAllWorkersTogether() throws Exception {
        worker("w1", "backup", 3, "x");
        worker("w2", "master", 3, "x");
        worker("w3", "master", 2, "x");
        workers.get(2).server.stop(0);
        JsonNode group = client.get(GROUPS, admin).json().path("items").path(0);
        assertThat(group.path("state").asString() + " " + group.path("master").asString() + " "
                + group.path("epoch").asLong())
                .isEqualTo("serving w2 3");
        assertThat(group.path("nodes").valueStream()
                .map(node -> node.path("node").asString() + " " + node.path("role").asString()))
                .containsExactly("w1 backup", "w2 master", "w3 unreachable");
        assertThat(group.path("alarms").path(0).path("message").asString()).isEqualTo("alone");
        assertThat(client.get(GROUPS + "/default", admin).json()).isEqualTo(group);
        assertThat(client.get(GROUPS + "/other", admin).json().path("code").asInt()).isEqualTo(906);
    }

    @Test
    void theStatusTellsTheRecordAndWhatAWorkerWaitsFor() throws Exception {
        worker("w1", "master", 3, "x").answers.put("status", """
                {"role": "master", "epoch": 3, "committed": 9, "last": {"seq": 10}, "inStep": true, "lag": 0,
                 "followers": [{"node": "w2", "lag": 4711}],
                 "record": {"epoch": 3, "master": "w1", "reason": "first start",
                            "members": [{"node": "w3"}, {"node": "w1"}]}}
                """);
        worker("w2", "joining", 3, "x").answers.put("status", """
                {"role": "joining", "epoch": 3, "last": {"seq": 2}, "inStep": false, "lag": 0,
                 "whyNotServing": "it copies the master's state"}
                """);
        JsonNode group = client.get(GROUPS + "/default", admin).json();
        assertThat(group.path("record").toString())
                .contains("\"epoch\":3", "\"master\":\"w1\"", "[\"w1\",\"w3\"]", "first start");
        assertThat(group.path("nodes").path(0).path("last").asLong()).isEqualTo(10);
        JsonNode joining = group.path("nodes").path(1);
        assertThat(joining.path("lag").asLong()).as("as the master sees it").isEqualTo(4711);
        assertThat(joining.path("whyNotServing").asString()).isEqualTo("it copies the master's state");
    }

    @ParameterizedTest
    @CsvSource({"step-down, w2", "replace-backup, w2", "pause, w2", "resume, w2", "reseed-record, w2"})
    void ordersGoToTheMaster(String order, String receiver) throws Exception {
        FakeWorker other = worker("w1", "master", 2, "x");
        FakeWorker master = worker("w2", "master", 3, "x");
        Reply reply = client.post(GROUPS + "/default/" + order, admin, "");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.text("node") + " " + reply.text("message")).isEqualTo(receiver + " said of " + order);
        assertThat(master.orders).containsExactly(order);
        assertThat(other.orders).isEmpty();
    }

    @Test
    void withoutAMasterOnlyWhatAnyWorkerCanDoIsDone() throws Exception {
        FakeWorker backup = worker("w1", "backup", 3, "x");
        assertThat(client.post(GROUPS + "/default/step-down", admin, "").status()).isEqualTo(503);
        assertThat(client.post(GROUPS + "/default/pause", admin, "").status()).isEqualTo(200);
        assertThat(backup.orders).containsExactly("pause");
        assertThat(client.get(GROUPS + "/default", admin).text("state")).isEqualTo("down");
    }

    @Test
    void anOrderGoesToTheWorkerThatIsNamed() throws Exception {
        FakeWorker master = worker("w1", "master", 3, "x");
        FakeWorker backup = worker("w2", "backup", 3, "x");
        assertThat(client.post(GROUPS + "/default/pause", admin, "{\"node\":\"w2\"}").text("node")).isEqualTo("w2");
        assertThat(backup.orders).containsExactly("pause");
        assertThat(master.orders).isEmpty();
        Reply unknown = client.post(GROUPS + "/default/pause", admin, "{\"node\":\"w3\"}");
        assertThat(unknown.status()).isEqualTo(409);
        assertThat(unknown.text("detail")).contains("no worker w3", "w1, w2");
        backup.server.stop(0);
        assertThat(client.post(GROUPS + "/default/pause", admin, "{\"node\":\"w2\"}").status()).isEqualTo(503);
    }

    @Test
    void theLastResortIsGivenOnlyToWhomTheOperatorChoseAndIfLossIsAccepted() throws Exception {
        FakeWorker spare = worker("w1", "spare", 3, "x");
        String route = GROUPS + "/default/force-promote";
        assertThat(client.post(route, admin, "").status()).isEqualTo(400);
        assertThat(client.post(route, admin, "{\"node\":\"w1\"}").text("detail")).contains("acceptDataLoss");
        assertThat(spare.orders).isEmpty();
        assertThat(client.post(route, admin, "{\"acceptDataLoss\":true}").text("node")).isEqualTo("w1");
        assertThat(spare.bodies).containsExactly("{\"acceptDataLoss\":true}");

        FakeWorker backup = worker("w2", "backup", 3, "x");
        Reply several = client.post(route, admin, "{\"acceptDataLoss\":true}");
        assertThat(several.status()).isEqualTo(409);
        assertThat(several.text("detail")).contains("w1 has entries up to 8, epoch 3", "w2 has entries");
        assertThat(client.post(route, admin, "{\"acceptDataLoss\":true,\"node\":\"w2\"}").status()).isEqualTo(200);
        assertThat(backup.orders).containsExactly("force-promote");

        FakeWorker master = worker("w3", "master", 4, "x");
        Reply needless = client.post(route, admin, "{\"acceptDataLoss\":true,\"node\":\"w2\"}");
        assertThat(needless.status()).isEqualTo(409);
        assertThat(needless.text("detail")).contains("w3 is master", "step-down");
        assertThat(master.orders).isEmpty();
    }

    @Test
    void operatorsMayGiveAllOrdersButTheLastResort() throws Exception {
        worker("w1", "backup", 3, "x");
        String operator = client.post("/admin/v1/service-tokens", admin, "{\"name\":\"o\",\"role\":\"operator\"}")
                .text("token");
        assertThat(client.post(GROUPS + "/default/reseed-record", operator, "").status()).isEqualTo(200);
        assertThat(client.post(GROUPS + "/default/force-promote", operator, "{\"acceptDataLoss\":true}").status())
                .isEqualTo(403);
    }

    @Test
    void aRefusalAndAnUnknownOutcomeAreToldApart() throws Exception {
        FakeWorker master = worker("w1", "master", 3, "x");
        master.status = 409;
        Reply refused = client.post(GROUPS + "/default/step-down", admin, "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("detail")).isEqualTo("w1: said of step-down");
        master.status = 504;
        Reply unknown = client.post(GROUPS + "/default/step-down", admin, "");
        assertThat(unknown.status()).isEqualTo(503);
        assertThat(unknown.text("detail")).contains("it may have done it");
    }

    @Test
    void workersThatHoldTheSameAreEqual() throws Exception {
        worker("w1", "master", 3, "abc");
        worker("w2", "backup", 3, "abc");
        Reply begun = client.post(GROUPS + "/default/verify", admin, "");
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.text("href")).isEqualTo("/admin/v1/jobs/" + begun.text("jobId"));
        assertThat(client.post(GROUPS + "/default/verify", admin, "").json().path("code").asInt()).isEqualTo(903);
        JsonNode job = awaitEnd(begun.text("jobId"));
        assertThat(job.path("state").asString()).isEqualTo("succeeded");
        assertThat(job.path("result").path("equal").asBoolean()).isTrue();
        assertThat(job.path("result").path("seq").asLong()).isEqualTo(7);
        assertThat(job.path("createdBy").asString()).isEqualTo("__admin");
    }

    @Test
    void workersThatDifferMakeTheJobFailWithBothHashes() throws Exception {
        worker("w1", "master", 3, "abc");
        worker("w2", "backup", 3, "def");
        JsonNode job = awaitEnd(client.post(GROUPS + "/default/verify", admin, "").text("jobId"));
        assertThat(job.path("state").asString()).isEqualTo("failed");
        assertThat(job.path("error").asString()).contains("differ");
        assertThat(job.path("result").path("nodes").path("w2").asString()).isEqualTo("def");
    }

    @Test
    void oneWorkerAloneCannotBeCompared() throws Exception {
        worker("w1", "master", 3, "abc");
        JsonNode job = awaitEnd(client.post(GROUPS + "/default/verify", admin, "").text("jobId"));
        assertThat(job.path("state").asString()).isEqualTo("failed");
        assertThat(job.path("error").asString()).contains("not two workers");
    }
}
