// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.net.URI;
import java.util.concurrent.Callable;
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

    @Option(names = "--other", required = true, description = "Base URL of the server that --url is compared with.")
    private URI other = URI.create("");

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
        return bench.measure(new CompareWork(upload, bench.server(other), rounds));
    }
}
