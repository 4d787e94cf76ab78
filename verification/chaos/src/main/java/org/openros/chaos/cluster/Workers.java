// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.openros.domain.token.ServiceTokens;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the workers of a cluster all the time how they see themselves. Thread-safe. */
public final class Workers implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
    private final ServiceTokens tokens;
    private final Consumer<View> listener;
    private final Map<String, View> latest = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * How a worker sees itself.
     *
     * @param role in lower case; {@code gone} if it does not answer
     * @param inStep whether it has what the group has
     */
    public record View(String node, String role, long epoch, long commit, long applied, boolean inStep) {
        /** Whether it answers. */
        public boolean answers() {
            return !role.equals("gone");
        }

        /** Role and epoch, for people. */
        public String brief() {
            return answers() ? role + " " + epoch : role;
        }
    }

    /**
     * Begins to ask.
     *
     * @param listener gets every answer, from several threads
     */
    public Workers(Path cluster, List<ClusterStatus.Part> workers, Consumer<View> listener) {
        this.listener = listener;
        tokens = new ServiceTokens(secret(cluster.resolve("keys")), Clock.systemUTC());
        for (ClusterStatus.Part worker : workers) {
            latest.put(worker.name(), gone(worker.name()));
            URI status = URI.create("http://127.0.0.1:" + worker.ports().get("http") + "/group/status");
            threads.add(Thread.ofVirtual().name("ask-" + worker.name()).start(() -> poll(worker.name(), status)));
        }
    }

    private static String secret(Path keys) {
        try (Stream<Path> files = Files.list(keys)) {
            Path file = files.filter(path -> path.getFileName().toString().contains("secret")).findFirst()
                    .orElseThrow();
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static View gone(String node) {
        return new View(node, "gone", 0, 0, 0, false);
    }

    private void poll(String node, URI status) {
        while (!Thread.currentThread().isInterrupted()) {
            View view;
            try {
                view = view(node, ask(status));
            } catch (IOException | JacksonException e) {
                view = gone(node);
            } catch (InterruptedException e) {
                return;
            }
            latest.put(node, view);
            listener.accept(view);
            try {
                Thread.sleep(PERIOD);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private JsonNode ask(URI status) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(status)
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + tokens.issue("operator"))
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        return JsonMapper.shared().readTree(response.body());
    }

    private static View view(String node, JsonNode json) {
        return new View(
                node,
                json.path("role").asString("unknown"),
                json.path("epoch").asLong(0),
                json.path("committed").asLong(0),
                json.path("applied").path("seq").asLong(0),
                json.path("inStep").asBoolean(false));
    }

    /** The newest answers, by node. */
    public Map<String, View> latest() {
        return new TreeMap<>(latest);
    }

    /** The worker that has a role, as far as known; of several masters the one of the highest epoch. */
    public Optional<View> withRole(String role) {
        return latest.values().stream()
                .filter(view -> view.role().equals(role))
                .max((one, other) -> Long.compare(one.epoch(), other.epoch()));
    }

    /** Whether there are master, backup and spare, all of one epoch and in step. */
    public boolean whole() {
        Optional<View> master = withRole("master");
        return master.isPresent()
                && withRole("backup").isPresent()
                && withRole("spare").isPresent()
                && latest.values().stream().allMatch(view -> view.inStep() && view.epoch() == master.get().epoch());
    }

    /**
     * Waits until the answers are as wanted.
     *
     * @return false if the time is over
     */
    public boolean await(Duration patience, Predicate<Workers> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!wanted.test(this)) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return true;
    }

    /** Asks no more. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        http.shutdownNow();
    }
}
