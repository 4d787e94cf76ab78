// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.ServiceTokens;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code ros group --worker} against workers that answer what they are told to. */
class GroupCommandTest {
    private static final String SECRET = "a secret of the tests, 32 bytes or more";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<FakeWorker> workers = new ArrayList<>();

    @TempDir
    Path temporary;

    private Path secret = Path.of("");

    @BeforeEach
    void writeSecret() throws IOException {
        secret = Files.writeString(temporary.resolve("secret"), SECRET + "\n");
    }

    @AfterEach
    void stopWorkers() {
        workers.forEach(worker -> worker.server.stop(0));
    }

    /** Records the orders it gets. */
    private static final class FakeWorker {
        private final HttpServer server;
        private final Map<String, String> answers = new HashMap<>();
        private final List<String> orders = new ArrayList<>();
        private final Map<String, UnaryOperator<String>> computed = new ConcurrentHashMap<>();
        private final List<String> bodies = new ArrayList<>();
        private int refusal;

        FakeWorker() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
            server.createContext("/", this::handle);
            server.start();
        }

        void answering(String order, UnaryOperator<String> answer) {
            computed.put(order, answer);
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private synchronized void handle(HttpExchange exchange) throws IOException {
            String order = exchange.getRequestURI().getPath().replaceAll(".*/", "");
            boolean get = exchange.getRequestMethod().equals("GET");
            int status = authorized(exchange) ? 200 : 401;
            if (status == 200 && !get) {
                orders.add(order);
                status = refusal == 0 ? status : refusal;
            }
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            UnaryOperator<String> answering = computed.get(order);
            byte[] body = (answering == null ? answers.getOrDefault(order, "{}") : answering.apply(bodies.getLast()))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        private static boolean authorized(HttpExchange exchange) {
            String token = exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
            try {
                return new ServiceTokens(SECRET, Clock.systemUTC()).verify(token).equals("operator");
            } catch (InvalidTokenException e) {
                return false;
            }
        }
    }

    private FakeWorker worker(String role, long epoch, long committed) throws IOException {
        FakeWorker worker = new FakeWorker();
        worker.answers.put("status", """
                {"role": "%s", "epoch": %d, "committed": %d, "last": {"seq": %d}}
                """.formatted(role, epoch, committed, committed));
        workers.add(worker);
        return worker;
    }

    private int run(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of("group", command, "--secret", secret.toString()));
        workers.forEach(worker -> arguments.addAll(List.of("--worker", worker.url())));
        arguments.addAll(List.of(more));
        CommandLine line = RosCommand.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments.toArray(String[]::new));
    }

    @Test
    void statusShowsEveryWorkerAndWhoDoesNotAnswer() throws IOException {
        worker("MASTER", 4, 90);
        worker("BACKUP", 4, 89);
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String gone = "http://127.0.0.1:" + closed.getLocalPort();
            closed.close();

            assertThat(run("status", "--worker", gone)).isZero();
            assertThat(out.toString()).contains("MASTER", "BACKUP", "90", "89", gone + " does not answer");
        }
    }

    @Test
    void statusTellsWhatThereIsToWorryAboutAndWhatANodeWaitsFor() throws IOException {
        worker("MASTER", 4, 90).answers.put("status", """
                {"role": "master", "inStep": true, "lag": 0, "followers": [{"node": "w-2", "lag": 4711}],
                 "alarms": [{"kind": "no-spare", "message": "there is no spare in step"}]}
                """);
        FakeWorker refused = worker("REFUSED", 0, 0);
        refused.answers.put("status", """
                {"node": "w-2", "role": "refused", "inStep": false, "lag": 0, "whyNotServing": "another living process has this name",
                 "alarms": [{"kind": "refused", "message": "DUPLICATE_NODE: another living process has this name"}]}
                """);
        FakeWorker starting = worker("STARTING", 0, 0);
        starting.answers.put("status", """
                {"role": "starting", "inStep": false, "whyNotServing": "the first start waits for node c", "alarms": []}
                """);

        assertThat(run("status")).isZero();
        assertThat(out.toString()).contains(
                ": no-spare: there is no spare in step",
                ": refused: DUPLICATE_NODE: another living process has this name",
                starting.url() + ": the first start waits for node c");
        assertThat(out.toString()).containsPattern("refused +false .* 4711\\n");
        assertThat(out.toString()).doesNotContain(refused.url() + ": another living");
    }

    @Test
    void statusInJsonIsWhatTheWorkersSay() throws IOException {
        FakeWorker master = worker("MASTER", 4, 90);

        assertThat(run("status", "-o", "json")).isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.path("nodes").path(master.url()).path("committed").longValue()).isEqualTo(90);
    }

    @Test
    void stepDownGoesToTheMasterOfTheNewestEpoch() throws IOException {
        FakeWorker stale = worker("MASTER", 3, 80);
        FakeWorker backup = worker("BACKUP", 4, 90);
        FakeWorker master = worker("MASTER", 4, 90);
        master.answers.put("step-down", "{\"message\": \"the backup takes over\"}");

        assertThat(run("step-down")).isZero();
        assertThat(master.orders).containsExactly("step-down");
        assertThat(stale.orders).isEmpty();
        assertThat(backup.orders).isEmpty();
        assertThat(out.toString()).contains("the backup takes over", "ros group status");
    }

    @Test
    void orderWithoutAMasterSaysWhoThereIs() throws IOException {
        worker("JOINING", 4, 90);

        assertThat(run("step-down")).isEqualTo(4);
        assertThat(err.toString()).contains("no master now", "is joining", "try again");
    }

    @Test
    void refusedOrderSaysWhy() throws IOException {
        FakeWorker master = worker("MASTER", 4, 90);
        master.refusal = 409;
        master.answers.put("step-down", "{\"reason\": \"no backup is in sync\"}");

        assertThat(run("step-down")).isEqualTo(1);
        assertThat(err.toString()).contains("no backup is in sync");
    }

    @Test
    void wrongSecretIsNamed() throws IOException {
        worker("MASTER", 4, 90);
        Files.writeString(secret, "another secret that is long enough too");

        assertThat(run("pause")).isEqualTo(1);
        assertThat(err.toString()).contains("secret is not the one of this installation");
    }

    @Test
    void statusShowsRecordAndAlarms() throws IOException {
        worker("master", 4, 90).answers.put("status", """
                {"role": "master", "epoch": 4, "committed": 90, "inStep": true, "lag": 0, "last": {"epoch": 4, "seq": 91},
                 "alarms": [{"kind": "no-spare", "message": "start the third worker"}],
                 "record": {"epoch": 4, "master": "w1", "reason": "first start",
                            "members": [{"node": "w2"}, {"node": "w1"}]}}
                """);

        assertThat(run("status")).isZero();
        assertThat(out.toString()).contains("91", "Record: epoch 4, promoted last w1, members w1, w2 (first start)",
                "no-spare: start the third worker");
    }

    @Test
    void verifyComparesAllWorkersAtTheSameEntry() throws IOException {
        FakeWorker one = worker("MASTER", 4, 90);
        FakeWorker other = worker("BACKUP", 4, 89);
        workers.forEach(worker -> worker.answers.put("verify", "{\"seq\": 90, \"sha256\": \"abc\"}"));

        assertThat(run("verify")).isZero();
        assertThat(out.toString()).contains("Equal at entry 90");
        assertThat(one.bodies).last().isEqualTo("{\"seq\":90}");
        assertThat(other.bodies).last().isEqualTo("{\"seq\":90}");
    }

    @Test
    void verifyLooksAheadOfWorkersThatAreAtWork() throws IOException {
        AtomicLong committed = new AtomicLong(90);
        for (FakeWorker worker : List.of(worker("MASTER", 4, 90), worker("BACKUP", 4, 90))) {
            worker.answering("status",
                    body -> "{\"role\": \"x\", \"committed\": %d}".formatted(committed.addAndGet(20)));
            worker.answering("verify",
                    body -> JsonMapper.shared().readTree(body).path("seq").asLong(0) > committed.get()
                    ? "{\"sha256\": \"abc\"}" : "{}");
        }

        assertThat(run("verify")).isZero();
        assertThat(out.toString()).contains("Equal at entry");
    }

    @Test
    void verifyTellsThatWorkersDiffer() throws IOException {
        worker("MASTER", 4, 90).answers.put("verify", "{\"seq\": 90, \"sha256\": \"abc\"}");
        worker("BACKUP", 4, 90).answers.put("verify", "{\"seq\": 90, \"sha256\": \"abd\"}");

        assertThat(run("verify")).isEqualTo(1);
        assertThat(out.toString()).contains("DIFFERENT at entry 90");
    }

    @Test
    void verifyDoesNotCallWorkersEqualThatDoNotTell() throws IOException {
        worker("MASTER", 4, 90).answers.put("verify", "{\"seq\": 90, \"sha256\": \"abc\"}");
        worker("BACKUP", 4, 90).refusal = 503;

        assertThat(run("verify")).isEqualTo(4);
        assertThat(err.toString()).contains("cannot be compared at entry 90");
    }

    @Test
    void forcePromoteWithoutTheFlagOnlyTellsWhatWouldBeLost() throws IOException {
        FakeWorker survivor = worker("SPARE", 4, 77);

        assertThat(run("force-promote")).isEqualTo(2);
        assertThat(survivor.orders).isEmpty();
        assertThat(err.toString()).contains("entries up to 77, epoch 4", "is lost", "--accept-data-loss");
    }

    @Test
    void forcePromoteWithTheFlagIsGivenToTheOnlySurvivor() throws IOException {
        FakeWorker survivor = worker("SPARE", 4, 77);

        assertThat(run("force-promote", "--accept-data-loss")).isZero();
        assertThat(survivor.orders).containsExactly("force-promote");
        assertThat(survivor.bodies).last().isEqualTo("{\"acceptDataLoss\":true}");
    }

    @Test
    void forcePromoteIsNotForGroupsThatHaveAMaster() throws IOException {
        FakeWorker master = worker("MASTER", 4, 90);

        assertThat(run("force-promote", "--accept-data-loss")).isEqualTo(1);
        assertThat(master.orders).isEmpty();
        assertThat(err.toString()).contains("is master", "step-down");
    }

    @Test
    void forcePromoteLeavesTheChoiceBetweenDisksToTheOperator() throws IOException {
        FakeWorker one = worker("SPARE", 4, 77);
        FakeWorker other = worker("BACKUP", 4, 90);

        assertThat(run("force-promote", "--accept-data-loss")).isEqualTo(2);
        assertThat(one.orders).isEmpty();
        assertThat(other.orders).isEmpty();
        assertThat(err.toString()).contains("--node", "up to 77", "up to 90");

        assertThat(run("force-promote", "--accept-data-loss", "--node", other.url())).isZero();
        assertThat(other.orders).containsExactly("force-promote");
    }

    @Test
    void optionsThatDoNotFitTogetherAreUsageErrors() throws IOException {
        worker("MASTER", 4, 90);

        assertThat(run("status", "--dir", temporary.toString())).isEqualTo(2);
        assertThat(run("status", "-o", "xml")).isEqualTo(2);
        assertThat(run("status", "--url", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(run("status", "--worker", "worker:1")).isEqualTo(2);
    }

    @Test
    void everyCommandHasHelp() {
        for (String command : new String[] {"status", "step-down", "pause", "resume", "replace-backup", "force-promote",
                "reseed-record", "verify"}) {
            assertThat(run(command, "--help")).as(command).isZero();
        }
    }
}
