// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ros bench stock}. */
@Command(name = "stock", showDefaultValues = true, description = "One client with the habits of a stock client on TCP.")
final class StockCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private BenchCommand bench;

    @Option(names = "--think", description = "Milliseconds between an acknowledgement and the next write.")
    private int thinkMillis = 2;

    @Option(names = "--payload", description = "Bytes of text in each object.")
    private int payload = 40;

    @Override
    public Integer call() throws InterruptedException {
        return bench.measure(new StockWork(thinkMillis, payload));
    }
}
