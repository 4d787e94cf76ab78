// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.misuse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.RosCommand;
import org.openros.launcher.operator.HttpEndpoint.Reply;
import org.openros.launcher.operator.WorkerApi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A worker as {@code ros run} starts it. */
final class WorkerProcess implements AutoCloseable {
    private static final String SECRET = "x".repeat(64);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final WorkerApi api;
    private @Nullable Process process;

    /** Does not start it. */
    WorkerProcess(Path folder, String node, List<String> nodes, int consulPort) {
        this.folder = folder;
        int http = freePort();
        settings.put("ros.worker.node", node);
        settings.put("ros.worker.nodes", String.join(",", nodes));
        settings.put("ros.worker.data", data().toString());
        settings.put("ros.lock-service", "consul");
        settings.put("spring.cloud.consul.host", "127.0.0.1");
        settings.put("spring.cloud.consul.port", Integer.toString(consulPort));
        settings.put("server.address", "127.0.0.1");
        settings.put("server.port", Integer.toString(http));
        api = new WorkerApi(URI.create("http://127.0.0.1:" + http), SECRET);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path data() {
        return folder.resolve("data");
    }

    WorkerProcess with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    /** A copy of the folder that a worker has open, or had. */
    WorkerProcess withCopyOf(Path other) throws IOException {
        try (Stream<Path> files = Files.walk(other)) {
            for (Path file : files.toList()) {
                Path target = data().resolve(other.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (Files.isRegularFile(file) && !file.endsWith("lock") && !file.toString().contains("/native/")) {
                    Files.copy(file, target);
                }
            }
        }
        return this;
    }

    WorkerProcess start() throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("settings.properties");
        Path secret = Files.writeString(folder.resolve("secret"), SECRET);
        Properties properties = new Properties();
        properties.putAll(settings);
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                        "-cp", System.getProperty("java.class.path"), RosCommand.class.getName(),
                        "run", "worker", "--settings", file.toString(), "--secret", secret.toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        return this;
    }

    private Path log() {
        return folder.resolve("log");
    }

    String logged() throws IOException {
        return Files.readString(log());
    }

    /** What it says of itself; nothing if it does not answer. */
    JsonNode status() {
        try {
            Reply reply = api.status(Duration.ofSeconds(2));
            return reply.ok() ? reply.body() : MissingNode.getInstance();
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    String role() {
        return status().path("role").asString("");
    }

    /** The messages of the alarms that stand. */
    List<String> alarms() {
        return status().path("alarms").valueStream()
                .map(alarm -> alarm.path("kind").asString("") + ": " + alarm.path("message").asString(""))
                .toList();
    }

    void await(String what, BooleanSupplier condition) {
        Awaitility.await(what + " of " + folder.getFileName())
                .atMost(PATIENCE)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .failFast("it has ended", () -> process == null || !process.isAlive())
                .until(condition::getAsBoolean);
    }

    /** Waits for its end, as it is not asked to. */
    int exitCode() throws InterruptedException {
        if (process == null || !process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(folder + " does not end");
        }
        return process.exitValue();
    }

    /** What must not change under a worker that is refused: the log, and what the disk has promised to whom. */
    Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(data().resolve("log"))) {
            for (Path file : files.toList()) {
                content.put(file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)).strip());
            }
        }
        JsonNode record = JsonMapper.shared().readTree(Files.readAllBytes(data().resolve("store.json")));
        for (String field : List.of("group", "node", "lineage", "promisedEpoch")) {
            content.put(field, record.path(field).asString(""));
        }
        return content;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
