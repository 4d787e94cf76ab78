// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ros bench fan-out}. */
@Command(name = "fan-out", showDefaultValues = true, description = "One client uploads, the others receive.")
final class FanOutCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private BenchCommand bench;

    @Option(names = "--readers", description = "Clients that receive.")
    private int readers = 100;

    @Option(names = "--depth", description = "Writes on their way at the same time (closed loop).")
    private int depth = 1;

    @Option(names = "--payload", description = "Bytes of text in each object.")
    private int payload = 40;

    @Option(names = "--rate", description = "Writes per second (open loop); 0 for the closed loop.")
    private double rate = 0;

    @Override
    public Integer call() throws InterruptedException {
        return bench.measure(new FanOutWork(readers, depth, payload, rate));
    }
}
