// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.chaos.client.Clients.Crowd;
import org.openros.chaos.fault.FaultKind;
import org.openros.chaos.fault.Faults;
import org.openros.chaos.fault.NotHealedException;
import org.openros.history.Entry;
import org.openros.history.HistoryReader;
import org.openros.history.check.Checkers;
import org.openros.history.check.Gaps;
import org.openros.history.check.Limits;

/**
 * One run: all chosen faults in an order of the seed's, again and again until the time is over, with some calm in
 * between. At the end clients and nodes are compared and the history is checked.
 *
 * @param ros how the program is run
 * @param folder of cluster, clients and history
 * @param config folder with settings for the cluster; null for those it has
 * @param faults to choose from
 * @param length of the time in which faults begin
 */
record ChaosRun(
        List<String> ros, Path folder, @Nullable Path config, Crowd crowd, List<FaultKind> faults, Duration length) {
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration SETTLING = Duration.ofMinutes(3);

    Report run(PrintWriter out) throws IOException, InterruptedException {
        List<String> troubles = new ArrayList<>();
        List<String> timeline;
        long acked;
        try (Rig rig = new Rig(ros, folder, config, true, crowd, (client, written, acknowledged) -> {}, out)) {
            warmUp(rig);
            breakThings(rig, troubles);
            rig.timeline().add("faults are over; " + rig.recorder().acked() + " of " + rig.recorder().sent()
                    + " changes acknowledged");
            troubles.addAll(rig.clients().settle(SETTLING));
            troubles.addAll(rig.compareNodes());
            acked = rig.recorder().acked();
            timeline = rig.timeline().lines();
        }
        return judged(timeline, acked, troubles);
    }

    /** Nothing is owed while all processes have just started and all clients log in at once. */
    private static void warmUp(Rig rig) throws InterruptedException {
        rig.recorder().record(at -> new Entry.FaultBegan(at, 0, "warm-up", "everything", true));
        TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
        rig.recorder().record(at -> new Entry.FaultEnded(at, 0));
    }

    private void breakThings(Rig rig, List<String> troubles) throws InterruptedException {
        SplittableRandom random = new SplittableRandom(crowd.seed());
        Faults injector = rig.faults(random);
        long end = System.nanoTime() + length.toNanos();
        List<FaultKind> due = new ArrayList<>();
        try {
            while (System.nanoTime() < end) {
                if (due.isEmpty()) {
                    due.addAll(faults);
                }
                injector.inject(due.remove(random.nextInt(due.size())));
                TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000, 6_000));
            }
        } catch (NotHealedException | RuntimeException e) {
            troubles.add(String.valueOf(e.getMessage()));
            rig.timeline().add("faults are broken off: " + e);
        }
    }

    private Report judged(List<String> timeline, long acked, List<String> troubles) throws IOException {
        Checkers checkers = new Checkers(Limits.PROTOCOL);
        Gaps gaps = new Gaps();
        List<Entry.Reset> resets = new ArrayList<>();
        try (HistoryReader history = HistoryReader.of(folder.resolve("history.jsonl"))) {
            for (Entry entry = history.read(); entry != null; entry = history.read()) {
                checkers.read(entry);
                gaps.read(entry);
                if (entry instanceof Entry.Reset reset) {
                    resets.add(reset);
                }
            }
        }
        return new Report(timeline, gaps.byFault(), gaps.longest(), acked, resets, checkers.violations(), troubles);
    }
}
