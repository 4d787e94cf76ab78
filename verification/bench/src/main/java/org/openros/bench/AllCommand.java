// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ros bench all}. */
@Command(name = "all", showDefaultValues = true, description = "A series of works, as in docs/performance.md.")
final class AllCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private BenchCommand bench;

    @Option(names = "--smoke", description = "A small version of each work, to see that it works at all.")
    private boolean smoke;

    @Option(names = "--folder", description = "For the disk; should be on the disk of the server's data.")
    private Path folder = Path.of(".");

    @Override
    public Integer call() throws InterruptedException {
        return bench.measure(smoke ? Series.small(folder) : Series.full(folder));
    }
}
