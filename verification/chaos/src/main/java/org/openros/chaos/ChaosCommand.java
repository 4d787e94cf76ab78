// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openros.chaos.client.Clients.Crowd;
import org.openros.chaos.fault.FaultKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ros chaos}: breaks a cluster of its own while clients work, and checks what is left. */
@Command(
        name = "ros chaos",
        description = {
            "Starts a cluster, lets clients work, does fault after fault, "
                    + "and checks that nothing acknowledged was lost.",
            "Ends with 0 if all is well, 1 if something was lost, 2 for wrong usage, "
                    + "5 if the cluster could not be started.",
        },
        subcommands = FiguresCommand.class,
        mixinStandardHelpOptions = true)
public final class ChaosCommand implements Callable<Integer> {
    private static final int FAULT = 1;
    private static final int UNAVAILABLE = 5;

    @Option(names = "--minutes", defaultValue = "5",
            description = "How long faults are done (default: ${DEFAULT-VALUE}).")
    private double minutes = 5;

    @Option(names = "--seed",
            description = "Decides the order of faults and what clients do (default: another each time).")
    private @Nullable Long seed;

    @Option(names = "--dir", paramLabel = "DIR",
            description = "Folder of cluster, clients and history; a cluster in it is stopped and started again "
                    + "(default: a new folder, deleted if all is well).")
    private @Nullable Path dir;

    @Option(names = "--config", paramLabel = "DIR",
            description = "Folder with settings, as ros cluster start takes it.")
    private @Nullable Path config;

    @Option(names = "--keep", description = "Keep the folder in any case.")
    private boolean keep;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report as JSON too.")
    private @Nullable Path json;

    @Option(names = "--faults", paramLabel = "LIST", split = ",", converter = KindConverter.class,
            description = "Only these, separated by commas (default: all): ${COMPLETION-CANDIDATES}.",
            completionCandidates = KindNames.class)
    private List<FaultKind> faults = List.of(FaultKind.values());

    @Option(names = "--clients", defaultValue = "24", description = "Light clients (default: ${DEFAULT-VALUE}).")
    private int clients = 24;

    @Option(names = "--stock", defaultValue = "4", description = "Stock clients (default: ${DEFAULT-VALUE}).")
    private int stock = 4;

    @Option(names = "--realms", defaultValue = "4", description = "Realms that they share (default: ${DEFAULT-VALUE}).")
    private int realms = 4;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    /** The names of faults on command lines. */
    static final class KindConverter implements CommandLine.ITypeConverter<FaultKind> {
        @Override
        public FaultKind convert(String name) {
            return Arrays.stream(FaultKind.values())
                    .filter(kind -> kind.toString().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException("no fault is called " + name));
        }
    }

    /** What may be given to {@code --faults}. */
    static final class KindNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(FaultKind.values()).map(FaultKind::toString).iterator();
        }
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ChaosCommand())
                .setExecutionExceptionHandler((e, line, parsed) -> {
                    line.getErr().println("ros: " + (e.getMessage() == null ? e : e.getMessage()));
                    return UNAVAILABLE;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (minutes <= 0 || clients < 0 || stock < 0 || realms < 1 || clients + stock < 1) {
            throw new ParameterException(spec.commandLine(),
                    "--minutes and --realms have to be positive, and there have to be clients");
        }
        PrintWriter out = spec.commandLine().getOut();
        long chosen = seed == null ? System.nanoTime() & 0xFFFFFF : seed;
        Path folder = Folder.of(dir);
        Crowd crowd = new Crowd(clients, stock, realms, Duration.ofMillis(200), chosen);
        out.println("seed " + chosen + "; again: " + replay(chosen));
        Report report = new ChaosRun(ros(), folder, config, crowd, faults, Duration.ofMillis((long) (minutes * 60_000)))
                .run(out);
        report.print(out, replay(chosen), folder);
        if (json != null) {
            Files.writeString(json, report.json(chosen, replay(chosen)));
        }
        if (report.passed() && !keep && dir == null) {
            Folder.delete(folder);
        } else {
            out.println("kept: " + folder);
        }
        return report.passed() ? 0 : FAULT;
    }

    private String replay(long chosen) {
        return String.format(Locale.ROOT,
                "./ros chaos --minutes %s --seed %d --clients %d --stock %d --realms %d --faults %s", minutes,
                chosen, clients, stock, realms,
                faults.stream().map(FaultKind::toString).collect(Collectors.joining(",")))
                + (config == null ? "" : " --config " + config);
    }

    /** How this program starts the others: by the script that has started it. */
    static List<String> ros() {
        return List.of(System.getProperty("ros.script", "./ros"));
    }
}
