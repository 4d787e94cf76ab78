// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ros bench upload}. */
@Command(name = "upload", showDefaultValues = true, description = "Clients upload changesets of one object each.")
final class UploadCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private BenchCommand bench;

    @Option(names = "--realms", description = "Realms.")
    private int realms = 1;

    @Option(names = "--writers", description = "Clients of each realm.")
    private int writers = 1;

    @Option(names = "--depth", description = "Uploads of a client under way at the same time (closed loop).")
    private int depth = 1;

    @Option(names = "--payload", description = "Bytes of text in each object.")
    private int payload = 40;

    @Option(names = "--rate", description = "Uploads per second of all together (open loop); 0 for the closed loop.")
    private double rate = 0;

    @Override
    public Integer call() throws InterruptedException {
        return bench.measure(new UploadWork(realms, writers, depth, payload, rate));
    }
}
