// SPDX-License-Identifier: Apache-2.0
package org.openros.consul.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A Consul process on this machine. Not for production: elections and gossip are tuned for one machine.
 *
 * <p>It outlives this object and the Java process unless it is stopped. A caller that keeps processes by itself takes
 * {@link #command()} and {@link #isReady()} only. Thread-safe.
 */
public final class LocalConsul implements AutoCloseable {
    private static final Duration CALL = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Path binary;
    private final ConsulNode node;
    private @Nullable Process process;

    /** A process that does not run yet. */
    public LocalConsul(Path binary, ConsulNode node) {
        this.binary = binary;
        this.node = node;
    }

    /** What it is. */
    public ConsulNode node() {
        return node;
    }

    /** Base of its HTTP interface. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + node.ports().http());
    }

    /** Writes the configuration file and tells the command that runs the node in the foreground. */
    public List<String> command() throws IOException {
        Files.createDirectories(node.folder());
        Files.write(node.configuration(), node.json());
        return List.of(
                binary.toString(), "agent", "-config-file=" + node.configuration().toAbsolutePath());
    }

    /**
     * Starts the process; its output goes to the end of {@code consul.log} in its folder.
     *
     * @throws IllegalStateException if this object's process runs already
     */
    public synchronized Process start() throws IOException {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("Consul node " + node.name() + " runs already");
        }
        process = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(node.log().toFile()))
                .start();
        return process;
    }

    /**
     * Waits until sessions can be opened through this node: the cluster has a leader and counts the node as healthy.
     *
     * @throws IOException with the end of its log, if its process ended or the time was not enough
     */
    public void awaitReady(Duration atMost) throws IOException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!isReady()) {
            if (hasEnded()) {
                throw new IOException("Consul node " + node.name() + " has ended: " + lastWords());
            }
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                throw new IOException("Consul node " + node.name() + " is not ready: " + lastWords());
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private synchronized boolean hasEnded() {
        return process != null && !process.isAlive();
    }

    /** Whether sessions can be opened through this node now. Takes at most two seconds. */
    public boolean isReady() {
        return isHealthy(ask("/v1/health/node/" + node.name() + "?consistent"));
    }

    /** Whether the node is the server that leads the others. Takes at most two seconds. */
    public boolean isLeader() {
        String leader = ask("/v1/status/leader").asString("");
        return leader.equals("127.0.0.1:" + node.ports().rpc());
    }

    /** What the node answers, or a missing value. */
    private JsonNode ask(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(url().resolve(path)).timeout(CALL).build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(CALL).build()) {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            return response.statusCode() == 200
                    ? new JsonMapper().readTree(response.body())
                    : MissingNode.getInstance();
        } catch (IOException | JacksonException e) {
            return MissingNode.getInstance();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return MissingNode.getInstance();
        }
    }

    private static boolean isHealthy(JsonNode checks) {
        for (JsonNode check : checks) {
            if (check.path("CheckID").asString("").equals("serfHealth")) {
                return check.path("Status").asString("").equals("passing");
            }
        }
        return false;
    }

    private String lastWords() throws IOException {
        if (!Files.exists(node.log())) {
            return "it has no log";
        }
        List<String> lines = Files.readAllLines(node.log());
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()))
                + " (all of it: " + node.log() + ")";
    }

    /** Ends the process as a crash would. Returns when it is gone. */
    public synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd(process, GRACE);
        }
    }

    /** Ends the process in good order, by force if it takes more than a few seconds. Idempotent. */
    @Override
    public synchronized void close() {
        if (process != null) {
            process.destroy();
            if (!awaitEnd(process, GRACE)) {
                kill();
            }
        }
    }

    private static boolean awaitEnd(Process process, Duration atMost) {
        try {
            return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
