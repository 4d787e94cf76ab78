// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code ros bench idle}. */
@Command(name = "idle", showDefaultValues = true, description = "Clients connect and do nothing.")
final class IdleCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private BenchCommand bench;

    @Option(names = "--sessions", description = "Sessions in all.")
    private int sessions = 10_000;

    @Option(names = "--sessions-per-socket", description = "Sessions that share a WebSocket.")
    private int sessionsPerSocket = 1;

    @Option(names = "--realms", description = "Realms over which the sessions are spread.")
    private int realms = 10_000;

    @Option(names = "--settle", description = "Seconds between the last connection and the warm-up.")
    private double settle = 15;

    @Override
    public Integer call() throws InterruptedException {
        return bench.measure(new IdleWork(sessions, sessionsPerSocket, realms, settle));
    }
}
