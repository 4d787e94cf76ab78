// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cluster in a folder. Its processes are ended with this object, and with this JVM if that is told to end.
 * Thread-safe, in that commands may be given at the same time.
 */
public final class LocalCluster implements AutoCloseable {
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** More than the default: several Java processes start at once on a machine that has other work. */
    private static final String RESTART_SECONDS = "180";

    private final List<String> ros;
    private final Path folder;
    private final Thread onExit = new Thread(this::killAll, "cluster-end");

    /**
     * Touches nothing yet.
     *
     * @param ros how the program is run, without a command
     * @param folder of the cluster
     */
    public LocalCluster(List<String> ros, Path folder) {
        this.ros = List.copyOf(ros);
        this.folder = folder.toAbsolutePath();
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /**
     * A port for the first gateway, with a free one after it, outside of the ranges from which systems give out ports.
     */
    public static int freeGatewayPort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
            try (ServerSocket first = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    ServerSocket second = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
                if (first.isBound() && second.isBound()) {
                    return port;
                }
            } catch (IOException e) {
                continue; // one of the two is taken
            }
        }
    }

    /** Its folder. */
    public Path folder() {
        return folder;
    }

    /** Whether there was a cluster in the folder before. */
    public boolean exists() {
        return Files.exists(folder.resolve("cluster.json"));
    }

    /** Starts what does not run, and returns when clients are served. */
    public void start(String... options) {
        cluster("start", options);
    }

    /** Starts all that is down, and returns when it answers. */
    public void restartDead() {
        cluster("restart", "--dead", "--timeout", RESTART_SECONDS);
    }

    /** Stops a process in good order and starts it again. */
    public void restart(String name) {
        cluster("restart", name, "--timeout", RESTART_SECONDS);
    }

    /** Stops everything in good order. */
    public void stop() {
        cluster("stop");
    }

    /** How it is. */
    public ClusterStatus status() {
        return JSON.readValue(cluster("status", "--json"), ClusterStatus.class);
    }

    /**
     * Compares the workers' states at one entry of the log; what {@code ros group verify -o json} prints. Gateways and
     * core services, which may be away, are not asked.
     */
    public JsonNode verify() {
        try {
            return JSON.readTree(run("group", "verify", "--direct", "-o", "json"));
        } catch (CommandFailed different) {
            throw new IllegalStateException("the workers differ, or cannot be compared: " + different.getMessage(),
                    different);
        }
    }

    /** Gives the group an order, {@code step-down}, and asks no gateway for it. */
    public void order(String order) {
        run("group", order, "--direct");
    }

    /**
     * Sends a signal at once.
     *
     * @param name {@code KILL}, {@code STOP} or {@code CONT}
     */
    public void signal(ClusterStatus.Part part, String name) {
        Long pid = part.pid();
        if (pid == null) {
            throw new IllegalStateException(part.name() + " does not live");
        }
        signal(pid, name);
    }

    private static void signal(long pid, String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            kill.getInputStream().readAllBytes();
            kill.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String cluster(String verb, String... arguments) {
        List<String> all = new ArrayList<>(List.of("cluster", verb));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private String run(String... arguments) {
        List<String> command = new ArrayList<>(ros);
        command.addAll(List.of(arguments));
        command.addAll(List.of("--dir", folder.toString()));
        try {
            Files.createDirectories(folder);
            Path errors = Files.createTempFile(folder, "command", ".err");
            try {
                return output(command, errors);
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String output(List<String> command, Path errors) throws IOException {
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String name = String.join(" ", command.subList(ros.size(), command.size()));
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new CommandFailed(name, -1, output);
            }
            if (process.exitValue() != 0) {
                throw new CommandFailed(name, process.exitValue(), output + Files.readString(errors));
            }
            return output;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in ros " + name, e);
        }
    }

    /** Without a further Java process: this JVM may have seconds only. */
    private void killAll() {
        Path file = folder.resolve("cluster.json");
        if (!Files.exists(file)) {
            return;
        }
        for (JsonNode part : JSON.readTree(file.toFile()).path("processes")) {
            JsonNode process = part.path("process");
            ProcessHandle.of(process.path("pid").asLong(0))
                    .filter(handle -> startedAt(handle, process.path("started").asString("")))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Whether it is the process that was noted: pids are used again. */
    private static boolean startedAt(ProcessHandle handle, String noted) {
        return !noted.isEmpty()
                && handle.info().startInstant()
                        .filter(start -> Duration.between(start, Instant.parse(noted)).abs().toSeconds() < 2)
                        .isPresent();
    }

    /** Ends all processes at once; the folder stays. */
    @Override
    public void close() {
        killAll();
        Runtime.getRuntime().removeShutdownHook(onExit);
    }
}
