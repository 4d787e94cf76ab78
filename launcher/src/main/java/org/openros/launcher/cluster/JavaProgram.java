// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openros.launcher.RosCommand;

/**
 * This program, to be started once more with the options of the running JVM: what the {@code ros} script knows of the
 * JVM, the start-up cache above all, holds for the processes of a cluster too.
 *
 * @param java the program
 * @param options of the JVM, without those on the heap's size; unless they say otherwise, the collector is the serial
 *     one and half of the processors count
 * @param classPath of the program
 */
record JavaProgram(Path java, List<String> options, String classPath) {
    private static final String OTHER_HEAP = "256m";

    /**
     * What the script says about the heap is for one process that has the machine to itself. Here many share it, each
     * with a small heap: a collector without threads and marking of its own takes much less of the processors from the
     * others.
     */
    private static final Pattern HEAP_OF_ONE =
            Pattern.compile("-Xmx.*|-XX:\\+UseG1GC|-XX:G1.*|-XX:M(in|ax)HeapFreeRatio=.*");

    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use\\w+GC");

    /**
     * The JVM and its libraries start as many threads as there are processors. Where each of many processes does so,
     * the processors change between threads more than they work, and what could be done in one go is done piecemeal.
     */
    private static final String PROCESSORS = "-XX:ActiveProcessorCount=";

    /** Event loops of the HTTP server, which are four at least unless it is told. */
    private static final String EVENT_LOOPS = "-Dreactor.netty.ioWorkerCount=";

    private static final int FEWEST_PROCESSORS = 2;

    /** A worker whose memory is exhausted has to give its lock to another one. */
    private static final String EXIT = "-XX:+ExitOnOutOfMemoryError";

    JavaProgram {
        List<String> kept = new ArrayList<>(options);
        if (!kept.contains(EXIT)) {
            kept.add(EXIT);
        }
        kept.removeIf(option -> HEAP_OF_ONE.matcher(option).matches());
        if (kept.stream().noneMatch(option -> COLLECTOR.matcher(option).matches())) {
            kept.add("-XX:+UseSerialGC");
        }
        int processors = processors(Runtime.getRuntime().availableProcessors());
        for (String number : List.of(PROCESSORS, EVENT_LOOPS)) {
            if (kept.stream().noneMatch(option -> option.startsWith(number))) {
                kept.add(number + processors);
            }
        }
        options = List.copyOf(kept);
    }

    /** How many processors of a machine a process counts with. */
    static int processors(int available) {
        return Math.max(FEWEST_PROCESSORS, available / 2);
    }

    static JavaProgram running() {
        return new JavaProgram(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                absolute(System.getProperty("java.class.path")));
    }

    /** The processes run in folders of their own. */
    static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().normalize().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The command line that runs an application with settings from a file. */
    List<String> run(Part part, ClusterState state, ClusterFolder folder) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(options);
        command.add("-Xmx" + (part.kind() == Kind.WORKER ? state.workerHeap() : OTHER_HEAP));
        command.addAll(List.of("-cp", classPath, RosCommand.class.getName(), "run", part.kind().word(),
                "--settings", folder.settings(part).toString(),
                "--secret", folder.keys().internalSecretFile().toString(),
                "--scheme", folder.scheme(part).toString()));
        if (state.config() != null) {
            command.addAll(List.of("--config", state.config()));
        }
        return command;
    }
}
