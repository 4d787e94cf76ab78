// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ros bench first-download}. */
@Command(
        name = "first-download",
        showDefaultValues = true,
        description = "Fresh clients download a realm with a long history.")
final class FirstDownloadCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private BenchCommand bench;

    @Option(names = "--changesets", description = "Length of the history.")
    private int changesets = 100_000;

    @Option(names = "--clients", split = ",", description = "How many clients download at once; may be a list.")
    private List<Integer> clients = List.of(1, 10);

    @Option(names = "--rounds", description = "How often.")
    private int rounds = 5;

    @Option(names = "--payload", description = "Bytes of text in each object.")
    private int payload = 40;

    @Override
    public Integer call() throws InterruptedException {
        return bench.measure(new FirstDownloadWork(changesets, clients, rounds, payload));
    }
}
