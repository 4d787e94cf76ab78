// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.openros.launcher.RosCommand;

/**
 * This program, to be started once more with the options of the running JVM: what the {@code ros} script knows of the
 * JVM, the start-up cache above all, holds for the processes of a cluster too.
 *
 * @param java the program
 * @param options of the JVM, without those on the heap's size
 * @param classPath of the program
 */
record JavaProgram(Path java, List<String> options, String classPath) {
    private static final String OTHER_HEAP = "256m";

    JavaProgram {
        options = options.stream().filter(option -> !option.startsWith("-Xmx")).toList();
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
                "--secret", folder.keys().internalSecretFile().toString()));
        return command;
    }
}
