// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openros.chaos.client.Clients.Crowd;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ros chaos figures}: how long stock clients wait for an acknowledgement when something breaks. */
@Command(
        name = "figures",
        description = {
            "Measures how long stock clients, one at each gateway, wait for an acknowledgement when a node fails. "
                    + "Each figure is that of the client that waited longer. Ends with 1 if a target is missed.",
        },
        mixinStandardHelpOptions = true)
final class FiguresCommand implements Callable<Integer> {
    @Option(names = "--kills", defaultValue = "20",
            description = "How often the master is killed (default: ${DEFAULT-VALUE}).")
    private int kills = 20;

    @Option(names = "--step-downs", defaultValue = "10",
            description = "How often it hands over (default: ${DEFAULT-VALUE}).")
    private int stepDowns = 10;

    @Option(names = "--backups", defaultValue = "10",
            description = "How often the backup is killed (default: ${DEFAULT-VALUE}).")
    private int backups = 10;

    @Option(names = "--pauses", defaultValue = "5",
            description = "How often the master is paused (default: ${DEFAULT-VALUE}).")
    private int pauses = 5;

    @Option(names = "--dir", paramLabel = "DIR",
            description = "Folder of the cluster (default: a new one, deleted at the end).")
    private @Nullable Path dir;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path folder = Folder.of(dir);
        Waits waits = new Waits(2);
        boolean met = true;
        try (Rig rig = new Rig(ChaosCommand.ros(), folder, null, false, new Crowd(0, 2, 1, Duration.ofMillis(10), 1),
                waits, out)) {
            Figures figures = new Figures(rig, waits);
            List<Figures.Series> series = List.of(
                    figures.kills("kill -9 of the master, to the first new ack", "master", kills, 2_000, 4_000),
                    figures.stepDowns(stepDowns),
                    figures.backups(backups),
                    figures.pauses(pauses));
            out.println();
            for (Figures.Series one : series) {
                out.println(one);
                met &= one.met();
            }
            out.flush();
        }
        if (dir == null) {
            Folder.delete(folder);
        }
        return met ? 0 : 1;
    }
}
