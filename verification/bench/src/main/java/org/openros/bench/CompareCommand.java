// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openros.bench.client.ServerAddress;
import org.openros.bench.client.WorkerLink;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ros bench compare}. */
@Command(
        name = "compare",
        showDefaultValues = true,
        description = "Uploads to two servers in turns, a group and a single node for example, and tells the ratio.")
final class CompareCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private BenchCommand bench;

    @Option(names = "--other", description = "Base URL of the server that --url is compared with.")
    private @Nullable URI other;

    @Option(
            names = "--other-worker",
            description = "Instead of --other: where the worker of the same server takes sessions, grpc://host:port.")
    private @Nullable URI otherWorker;

    @Option(names = "--core", description = "For --other-worker: base URL of core services.")
    private URI core = URI.create("http://127.0.0.1:9081");

    @Option(names = "--secret-file",
            description = "For --other-worker: file with the secret that the server's parts share.")
    private @Nullable Path secretFile;

    @Option(names = "--rounds", description = "Measurements of each server; medians are reported.")
    private int rounds = 3;

    @Option(names = "--realms", description = "Realms.")
    private int realms = 1;

    @Option(names = "--writers", description = "Clients of each realm.")
    private int writers = 1;

    @Option(names = "--depth", description = "Uploads of a client under way at the same time.")
    private int depth = 1;

    @Option(names = "--payload", description = "Bytes of text in each object.")
    private int payload = 40;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds: at least one");
        }
        UploadWork upload = new UploadWork(realms, writers, depth, payload, 0);
        return bench.measure(new CompareWork(upload, otherServer(), rounds));
    }

    private ServerAddress otherServer() {
        if (other != null) {
            return bench.server(other);
        }
        if (otherWorker == null || secretFile == null) {
            throw new ParameterException(
                    spec.commandLine(), "--other is missing, or --other-worker and --secret-file are");
        }
        try {
            return bench.worker(new WorkerLink(otherWorker, core, Files.readString(secretFile).strip()));
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--secret-file cannot be read: " + e.getMessage(), e);
        }
    }
}
