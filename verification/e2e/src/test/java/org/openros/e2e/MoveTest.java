// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.chaos.cluster.LocalCluster;
import org.openros.consul.local.ConsulBinary;
import org.openros.consul.local.ConsulMissingException;
import org.openros.e2e.server.AdminClient;
import org.openros.stock.SyncedRealm;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What clients see of a realm that moves between two groups of real processes. Skipped where there is no Consul. */
class MoveTest {
    private static final String PARTITION = "moving";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Far more than it takes, for machines that have other work. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final Devices devices = new Devices();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private String url = "";
    private Path data = Path.of("");

    @BeforeEach
    void demandConsul() {
        try {
            ConsulBinary.ofThisMachine().findOrFetch(System.out::println);
        } catch (ConsulMissingException e) {
            Assumptions.abort("without a Consul there is no cluster: " + e.getMessage());
        }
    }

    private JsonNode call(String method, String path, String body) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(url + path + (path.contains("?") ? "&" : "?") + "appId="
                            + Devices.APP))
                            .header("Authorization", AdminClient.token(data))
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String group() {
        return call("GET", "/realms/files/" + PARTITION, "").path("syncLabel").asString();
    }

    /** A device that writes and waits for the acknowledgement, again and again. */
    private static final class Writer extends Thread {
        private final SyncedRealm realm;
        private final String name;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicLong longest = new AtomicLong();
        private final List<String> acknowledged = new ArrayList<>();

        Writer(SyncedRealm realm, String name) {
            super(name);
            this.realm = realm;
            this.name = name;
        }

        @Override
        public void run() {
            for (int i = 0; !ended.get(); i++) {
                String id = name + " " + i;
                long start = System.nanoTime();
                realm.write(view -> {
                    view.findOrCreate("Item", id);
                    view.findOrCreate("Counter", 1L).add("count", 1);
                });
                realm.upload();
                longest.accumulateAndGet((System.nanoTime() - start) / 1_000_000, Math::max);
                acknowledged.add(id);
            }
        }

        void finish() {
            ended.set(true);
            try {
                join(PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private JsonNode move(String target) {
        JsonNode started =
                call("POST", "/realms/moves", "{\"realmPath\":\"" + PARTITION + "\",\"syncLabel\":\"" + target + "\"}");
        assertThat(started.path("id").asString("")).as("%s", started).isNotEmpty();
        return Awaitility.await("the move to " + target)
                .atMost(PATIENCE)
                .until(
                        () -> call("GET", "/realms/moves/" + started.path("id").asString(), ""),
                        move -> !move.path("endedAt").isNull() && move.has("endedAt"));
    }

    /** One at each gateway; all of them write. */
    private List<Writer> startWriters(List<String> urls) {
        List<Writer> writers = new ArrayList<>();
        urls.forEach(gateway ->
                writers.add(new Writer(devices.realm(gateway, PARTITION), "writer " + writers.size())));
        writers.forEach(Thread::start);
        Awaitility.await().atMost(PATIENCE)
                .until(() -> writers.stream().allMatch(writer -> writer.longest.get() > 0));
        writers.forEach(writer -> writer.longest.set(0));
        return writers;
    }

    @Test
    void writersGoOnWhileTheirRealmMovesThereAndBackAndNobodyResets() {
        try (LocalCluster cluster = new LocalCluster(FailoverTest.ros(), devices.folder("cluster"))) {
            cluster.start(
                    "--port", Integer.toString(LocalCluster.freeGatewayPort()), "--worker-heap", "160m",
                    "--groups", "2");
            List<String> urls = cluster.status().urls();
            url = urls.getFirst();
            data = cluster.folder();
            List<Writer> writers = startWriters(urls);

            String first = group();
            String second = first.equals("default") ? "group-2" : "default";
            assertThat(move(second).path("state").asString()).isEqualTo("done");
            assertThat(group()).isEqualTo(second);
            assertThat(move(first).path("state").asString()).isEqualTo("done");
            assertThat(group()).isEqualTo(first);
            writers.forEach(Writer::finish);

            List<SyncedRealm> everybody = new ArrayList<>();
            List<String> acknowledged = new ArrayList<>();
            for (Writer writer : writers) {
                System.out.println(writer.name + " wrote " + writer.acknowledged.size() + " times; longest wait "
                        + writer.longest.get() + " ms");
                everybody.add(writer.realm);
                acknowledged.addAll(writer.acknowledged);
                assertThat(writer.realm.events()).as(writer.name).isEmpty();
                assertThat(writer.longest.get()).as("longest wait of " + writer.name).isLessThan(10_000);
            }
            everybody.add(devices.realm(url, PARTITION));
            Convergence.assertSame("after two moves", everybody);
            assertThat(everybody.getLast().objects("Item")).containsOnlyKeys(acknowledged.toArray());
            assertThat(everybody.getLast().<Object>read(view -> view.get("Counter", 1L).get("count")))
                    .isEqualTo((long) acknowledged.size());
        }
    }
}
