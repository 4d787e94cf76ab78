// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code ros start} on a folder, run as a user runs it. The first start picks a port; later ones keep it, so that
 * clients find the server again.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("OpenROS is ready at (http://\\S+)");
    private static final long STOP_SECONDS = 10;

    private final Path data;
    private final Path log;
    private int port;
    private @Nullable Process process;

    private final List<String> settings;
    private final List<String> javaOptions;

    private ServerProcess(Path data, List<String> settings, List<String> javaOptions) {
        this.data = data;
        this.settings = List.copyOf(settings);
        this.javaOptions = List.copyOf(javaOptions);
        log = data.resolveSibling(data.getFileName() + ".log");
    }

    /** Starts a server on a folder. */
    public static ServerProcess start(Path data) {
        return start(data, List.of());
    }

    /**
     * Starts a server on a folder.
     *
     * @param settings of the applications, {@code key=value} each
     */
    public static ServerProcess start(Path data, List<String> settings) {
        return start(data, settings, List.of());
    }

    /**
     * Starts a server on a folder.
     *
     * @param settings of the applications, {@code key=value} each
     * @param javaOptions of its JVM
     */
    public static ServerProcess start(Path data, List<String> settings, List<String> javaOptions) {
        ServerProcess server = new ServerProcess(data, settings, javaOptions);
        server.start();
        return server;
    }

    /** Starts it, if it does not run, and returns when it has said that it is ready. */
    public void start() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "org.openros.launcher.RosCommand", "start",
                "--host", "127.0.0.1", "--port", Integer.toString(port), "--data", data.toString()));
        settings.forEach(setting -> command.add(1, "-D" + setting));
        command.addAll(1, javaOptions);
        try {
            Process started = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            port = URI.create(awaitUrl(started)).getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String awaitUrl(Process started) throws IOException {
        BufferedReader out = started.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                return ready.group(1);
            }
        }
        throw new AssertionError("the server ended before it was ready:\n" + Files.readString(log));
    }

    /** What clients take as {@code baseUrl}. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The folder of its data. */
    public Path data() {
        return data;
    }

    /** Ends it without warning, as SIGKILL does. */
    public void kill() {
        await(running().destroyForcibly());
    }

    /** Asks it to stop, as SIGTERM does, and demands that it does so in time. */
    public void stop() {
        Process running = running();
        running.destroy();
        await(running);
    }

    private Process running() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("not running");
        }
        return running;
    }

    private void await(Process ending) {
        try {
            if (!ending.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                ending.destroyForcibly();
                throw new AssertionError("the server still ran " + STOP_SECONDS + " s after it was asked to stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        process = null;
    }

    @Override
    public void close() {
        if (process != null) {
            stop();
        }
    }
}
