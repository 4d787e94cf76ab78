// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.openros.launcher.process.Vitals.Condition;

/** The processes of this machine. Thread-safe. */
public final class ProcessTable {
    private static final long KIBIBYTE = 1024;

    /** Looks at a process; dead if the pid now belongs to another one. */
    public Vitals look(ProcessIdentity process) {
        Optional<ProcessHandle> found = ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive);
        boolean same = found.flatMap(handle -> handle.info().startInstant())
                .filter(process::startedAt)
                .isPresent();
        return same ? observe(process.pid()) : Vitals.DEAD;
    }

    /**
     * Sends a signal.
     *
     * @return false if the process is dead
     * @throws IOException if this user may not, or the system has no shell
     */
    public boolean signal(ProcessIdentity process, Signal signal) throws IOException {
        if (!look(process).alive()) {
            return false;
        }
        // The shell's own kill: there are systems without the program of that name.
        Output output = run("sh", "-c", "kill -s \"$0\" \"$1\"", signal.name(), Long.toString(process.pid()));
        if (output.status() != 0 && look(process).alive()) {
            throw new IOException("cannot signal process " + process.pid() + ": " + output.text());
        }
        return output.status() == 0;
    }

    private static Vitals observe(long pid) {
        try {
            Path status = Path.of("/proc", Long.toString(pid), "status");
            return Files.exists(Path.of("/proc/self/status")) ? ofProc(Files.readString(status)) : ofPs(pid);
        } catch (IOException e) {
            return Vitals.DEAD;
        }
    }

    /** Linux, proc(5). */
    static Vitals ofProc(String status) {
        String state = "";
        long memory = 0;
        for (String line : status.lines().toList()) {
            String[] words = line.split("\\s+", 3);
            switch (words[0]) {
                case "State:" -> state = words[1];
                case "VmRSS:" -> memory = Long.parseLong(words[1]) * KIBIBYTE;
                default -> {
                    // Not of interest.
                }
            }
        }
        return of(state, memory);
    }

    /** Other systems, by the ps of POSIX. */
    private static Vitals ofPs(long pid) throws IOException {
        Output output = run("ps", "-o", "stat=,rss=", "-p", Long.toString(pid));
        String[] words = output.text().split("\\s+", 2);
        return output.status() == 0 && words.length == 2
                ? of(words[0], Long.parseLong(words[1]) * KIBIBYTE)
                : Vitals.DEAD;
    }

    /** A zombie has ended; only its parent has not looked yet. */
    private static Vitals of(String state, long memory) {
        return switch (state.isEmpty() ? 'X' : state.charAt(0)) {
            case 'Z', 'X', 'x' -> Vitals.DEAD;
            case 'T', 't' -> new Vitals(Condition.PAUSED, memory);
            default -> new Vitals(Condition.RUNNING, memory);
        };
    }

    private record Output(int status, String text) {}

    private static Output run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Output(process.waitFor(), text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
        }
    }
}
