// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process to start that goes on when this one has ended, whatever becomes of its terminal: in a session of its own,
 * without input, its output appended to a file.
 *
 * @param command program and arguments
 * @param environment what it gets on top of this process's
 * @param folder it runs in
 * @param log gets its standard output and error
 */
public record DetachedProcess(List<String> command, Map<String, String> environment, Path folder, Path log) {
    /** Copies the collections. */
    public DetachedProcess {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * Starts it. A program that does not exist shows as one that ends at once, with the reason in the log.
     *
     * @throws IOException if folder or log cannot be used
     */
    public ProcessIdentity start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(detached(command))
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new ProcessIdentity(process.pid(), process.info().startInstant().orElseGet(Instant::now));
    }

    /**
     * Both programs become the one they are given, so the pid stays; nohup alone still belongs to the caller's
     * terminal.
     */
    private static List<String> detached(List<String> command) {
        List<String> line = new ArrayList<>();
        line.add(onPath("setsid") ? "setsid" : "nohup");
        line.addAll(command);
        return line;
    }

    private static boolean onPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
