// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import io.netty.util.ResourceLeakDetector;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openros.bench.client.ServerAddress;
import org.openros.bench.client.WorkerLink;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ros bench}: the command line of the load generator. */
@Command(
        name = "ros bench",
        description = "Puts load on a server of partition-based sync and reports what it bore.",
        synopsisSubcommandLabel = "<work>",
        commandListHeading = "%nWorks (each has a --help of its own):%n",
        footer = {
            "",
            "Latencies are from the write to its acknowledgement; open loops charge a write from the moment at which"
                    + " it was due. The load generator needs CPU too: on one machine the two compete.",
        },
        subcommands = {
            UploadCommand.class,
            FanOutCommand.class,
            FirstDownloadCommand.class,
            IdleCommand.class,
            StockCommand.class,
            CompareCommand.class,
            DiskCommand.class,
            AllCommand.class,
        })
public final class BenchCommand implements Runnable {
    @Option(
            names = "--url",
            scope = ScopeType.INHERIT,
            defaultValue = "http://127.0.0.1:9080",
            description = "Base URL of the server (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:9080");

    @Option(
            names = "--app",
            scope = ScopeType.INHERIT,
            defaultValue = "bench",
            description = "App id (default: ${DEFAULT-VALUE}).")
    private String app = "bench";

    @Option(
            names = "--path",
            scope = ScopeType.INHERIT,
            description = "Path of the sync WebSocket, if it is not the one that SDKs use.")
    private @Nullable String path;

    @Option(
            names = "--no-login",
            scope = ScopeType.INHERIT,
            description = "Connect without a user, for servers that have none.")
    private boolean noLogin;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the figures as JSON.")
    private boolean json;

    @Option(
            names = "--pid",
            scope = ScopeType.INHERIT,
            description = "Observe this server process on Linux too: CPU, memory, writes.")
    private @Nullable Long pid;

    @Option(
            names = "--seconds",
            scope = ScopeType.INHERIT,
            defaultValue = "10",
            description = "Length of a measurement (default: ${DEFAULT-VALUE}).")
    private double seconds = 10;

    @Option(
            names = "--warm-up",
            scope = ScopeType.INHERIT,
            defaultValue = "5",
            description = "Seconds of load before it (default: ${DEFAULT-VALUE}).")
    private double warmUpSeconds = 5;

    @Option(
            names = "--threads",
            scope = ScopeType.INHERIT,
            defaultValue = "2",
            description = "Event loops of the load generator (default: ${DEFAULT-VALUE}).")
    private int threads = 2;

    @Option(
            names = "--timeout",
            scope = ScopeType.INHERIT,
            defaultValue = "120",
            description = "Seconds to wait for any answer (default: ${DEFAULT-VALUE}).")
    private long timeoutSeconds = 120;

    @Option(names = {"-h", "--help"}, scope = ScopeType.INHERIT, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        // The stack traces that it takes now and then would be part of every latency.
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        System.exit(execute(args));
    }

    /** Runs the command; 0 if there are figures, 1 if the server did not bear the load, 2 for wrong usage. */
    static int execute(String... args) {
        return new CommandLine(new BenchCommand()).execute(args);
    }

    /** Without a work there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which work?");
    }

    int measure(Work work) throws InterruptedException {
        return measure(List.of(new Row(work, List.of())));
    }

    int measure(List<Row> rows) throws InterruptedException {
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter progress = new PrintWriter(System.err, true);
        Report report = Report.of(rows, options(), progress);
        if (json) {
            report.printJson(out);
        } else {
            report.printText(out);
        }
        return report.isComplete() ? 0 : 1;
    }

    /** The server at a base URL, with the settings of the command line otherwise. */
    ServerAddress server(URI base) {
        try {
            return ServerAddress.of(base, app, path);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** A worker without its gateway, with the settings of the command line otherwise. */
    ServerAddress worker(WorkerLink link) {
        try {
            return ServerAddress.ofWorker(link, app);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Site.Options options() {
        try {
            Optional<ServerProcess> process = Optional.ofNullable(pid).map(ServerProcess::new);
            ServerAddress server = server(url);
            return new Site.Options(server, !noLogin, threads, seconds, warmUpSeconds, timeoutSeconds, process);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
