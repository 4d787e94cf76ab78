// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.chaos.cluster.ClusterStatus;
import org.openros.chaos.cluster.LocalCluster;
import org.openros.consul.local.ConsulBinary;
import org.openros.consul.local.ConsulMissingException;
import org.openros.e2e.server.AdminClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What callers see when the process with the active directory is killed. Skipped where there is no Consul. */
class DirectoryTakeoverTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int CALLERS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(3);

    @RegisterExtension
    final Devices devices = new Devices();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<String> made = ConcurrentHashMap.newKeySet();
    private final Set<Integer> answers = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastSuccess = new AtomicLong(System.nanoTime());
    private final AtomicLong longestGap = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean ended = new AtomicBoolean();
    private String url = "";
    private String token = "";

    @BeforeEach
    void demandConsul() {
        try {
            ConsulBinary.ofThisMachine().findOrFetch(System.out::println);
        } catch (ConsulMissingException e) {
            Assumptions.abort("without a Consul there is no cluster: " + e.getMessage());
        }
    }

    private HttpResponse<String> get(String address, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(20));
        return http.send(
                headers.length == 0 ? request.build() : request.headers(headers).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> realms(String path) throws IOException, InterruptedException {
        return get(url + path + (path.contains("?") ? "&" : "?") + "appId=" + Devices.APP, "Authorization", token);
    }

    /** Makes realms and looks for them, each until it is answered. */
    private void call(int caller) {
        try {
            for (int i = 0; !ended.get(); i++) {
                String name = "takeover-" + caller + "-" + i;
                while (!done(name, "") || !done(name, "?shouldCreate=false")) {
                    Thread.onSpinWait();
                }
                made.add(name);
            }
        } catch (IOException e) {
            answers.add(-1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean done(String name, String query) throws IOException, InterruptedException {
        HttpResponse<String> response = realms("/realms/files/" + name + query);
        calls.incrementAndGet();
        answers.add(response.statusCode());
        if (response.statusCode() != 200) {
            return false;
        }
        assertThat(JSON.readTree(response.body()).path("exists").asBoolean()).isTrue();
        long now = System.nanoTime();
        longestGap.accumulateAndGet(now - lastSuccess.getAndSet(now), Math::max);
        return true;
    }

    private ClusterStatus.Part active(LocalCluster cluster) throws IOException, InterruptedException {
        ClusterStatus status = cluster.status();
        int consul = httpPort(status.ofKind("agent").getFirst());
        String address = get("http://127.0.0.1:" + consul + "/v1/kv/openros/core/directory?raw").body();
        int port = URI.create(address).getPort();
        return status.ofKind("core").stream()
                .filter(core -> httpPort(core) == port)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no core services at " + address));
    }

    private static int httpPort(ClusterStatus.Part part) {
        return Objects.requireNonNull(part.ports().get("http"), part.name());
    }

    @Test
    void callersAreServedAgainWithinThreeSecondsAndEachPathIsMadeOnce() throws Exception {
        try (LocalCluster cluster = new LocalCluster(FailoverTest.ros(), devices.folder("cluster"))) {
            cluster.start("--port", Integer.toString(LocalCluster.freeGatewayPort()), "--worker-heap", "160m");
            url = cluster.status().urls().getFirst();
            token = AdminClient.token(cluster.folder());
            ClusterStatus.Part killed = active(cluster);
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                callers.add(Thread.ofPlatform().name("caller-" + i).start(() -> call(caller)));
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> made.size() > 100);
            longestGap.set(0);
            cluster.signal(killed, "KILL");
            int before = made.size();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> made.size() > before + 200);
            ended.set(true);
            for (Thread caller : callers) {
                caller.join();
            }
            System.out.println(calls + " calls, " + made.size() + " realms made, longest time without an answer "
                    + longestGap.get() / 1_000_000 + " ms, answers " + answers);
            assertThat(active(cluster).name()).isNotEqualTo(killed.name());
            assertThat(longestGap.get()).isLessThan(LIMIT.toNanos());
            assertThat(answers).isSubsetOf(200, 502, 503);
            assertEachIsThereOnce();
        }
    }

    private void assertEachIsThereOnce() throws Exception {
        List<String> listed = new ArrayList<>();
        for (String after = "takeover"; !after.isEmpty(); ) {
            JsonNode page = JSON.readTree(realms("/realms?prefix=takeover&limit=500&after=" + after).body());
            page.path("realms").forEach(realm -> listed.add(realm.path("path").asString()));
            after = page.path("next").asString("");
        }
        assertThat(listed).doesNotHaveDuplicates().containsAll(made);
    }
}
