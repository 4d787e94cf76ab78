// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ros bench disk}. */
@Command(name = "disk", showDefaultValues = true, description = "No server: what the disk can do.")
final class DiskCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private BenchCommand bench;

    @Option(names = "--folder", description = "Where; should be on the disk of the server's data.")
    private Path folder = Path.of(".");

    @Option(names = "--writers", description = "Threads that write into RocksDB.")
    private int rocksThreads = 16;

    @Override
    public Integer call() throws InterruptedException {
        return bench.measure(new DiskWork(folder, rocksThreads));
    }
}
