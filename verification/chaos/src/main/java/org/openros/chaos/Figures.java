// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openros.chaos.cluster.ClusterStatus;
import org.openros.chaos.cluster.Workers;

/** Breaks one thing many times and measures what the clients feel of it. */
final class Figures {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration CALM = Duration.ofSeconds(3);

    private final Rig rig;
    private final Waits waits;

    Figures(Rig rig, Waits waits) {
        this.rig = rig;
        this.waits = waits;
    }

    /**
     * Figures of one kind.
     *
     * @param millis ascending
     * @param medianTarget 0 for none
     * @param load average of the machine, lowest and highest at the measurements
     */
    record Series(String what, List<Long> millis, long medianTarget, long worstTarget, double lowestLoad,
            double highestLoad) {
        boolean met() {
            return millis.isEmpty() || (medianTarget == 0 || median() < medianTarget) && millis.getLast() < worstTarget;
        }

        private long median() {
            return millis.get((millis.size() - 1) / 2);
        }

        @Override
        public String toString() {
            return millis.isEmpty() ? what + ": not measured" : String.format(Locale.ROOT,
                    "%s: %d times, p50 %d ms, worst %d ms (target: %sworst %d ms; load %.1f to %.1f)%s %s", what,
                    millis.size(), median(),
                    millis.getLast(), medianTarget == 0 ? "" : "p50 " + medianTarget + " ms, ", worstTarget, lowestLoad,
                    highestLoad,
                    met() ? "" : " MISSED", millis);
        }
    }

    /** What is done, and how long it was felt. */
    private interface Round {
        long millis() throws InterruptedException;
    }

    private Series series(String what, int count, long medianTarget, long worstTarget, Round round)
            throws InterruptedException {
        List<Long> millis = new ArrayList<>();
        double lowest = Double.MAX_VALUE;
        double highest = 0;
        for (int i = 0; i < count; i++) {
            calmDown();
            long felt = round.millis();
            double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
            lowest = Math.min(lowest, load);
            highest = Math.max(highest, load);
            millis.add(felt);
            rig.timeline().add(String.format(Locale.ROOT, "%s: %d ms (load %.1f)", what, felt, load));
        }
        millis.sort(null);
        return new Series(what, millis, medianTarget, worstTarget, lowest, highest);
    }

    /** All nodes are there, and clients have been served for a while. */
    private void calmDown() throws InterruptedException {
        rig.cluster().restartDead();
        if (!rig.workers().await(PATIENCE, Workers::whole) || !waits.await(System.nanoTime(), PATIENCE)) {
            throw new IllegalStateException("the cluster is not whole: " + rig.workers().latest().values());
        }
        TimeUnit.NANOSECONDS.sleep(CALM.toNanos());
    }

    private ClusterStatus.Part holder(String role) {
        String node = rig.workers().withRole(role).orElseThrow().node();
        return rig.cluster().status().part(node);
    }

    Series kills(String what, String role, int count, long medianTarget, long worstTarget) throws InterruptedException {
        return series(what, count, medianTarget, worstTarget, () -> {
            ClusterStatus.Part holder = holder(role);
            long before = System.nanoTime();
            rig.cluster().signal(holder, "KILL");
            long after = System.nanoTime(); // whatever is written from here on, the dead one does not acknowledge
            demandAck(after);
            return waits.firstNew(after) + TimeUnit.NANOSECONDS.toMillis(after - before);
        });
    }

    Series stepDowns(int count) throws InterruptedException {
        return series("planned step-down, longest gap", count, 0, 1_000, () -> {
            long moment = System.nanoTime();
            rig.cluster().order("step-down");
            return gapSince(moment, Duration.ofSeconds(4));
        });
    }

    Series backups(int count) throws InterruptedException {
        return series("kill -9 of the backup, longest gap", count, 0, 4_000, () -> {
            ClusterStatus.Part backup = holder("backup");
            long moment = System.nanoTime();
            rig.cluster().signal(backup, "KILL");
            return gapSince(moment, Duration.ofSeconds(6));
        });
    }

    Series pauses(int count) throws InterruptedException {
        return series("SIGSTOP of the master, longest gap", count, 0, 8_000, () -> {
            ClusterStatus.Part master = holder("master");
            long moment = System.nanoTime();
            rig.cluster().signal(master, "STOP");
            try {
                return gapSince(moment, Duration.ofSeconds(12));
            } finally {
                rig.cluster().signal(master, "CONT");
            }
        });
    }

    /** The longest gap in a time from a moment on, which is longer if acknowledgements come back late only. */
    private long gapSince(long moment, Duration atLeast) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(moment + atLeast.toNanos() - System.nanoTime());
        demandAck(System.nanoTime());
        return waits.longestGap(moment);
    }

    private void demandAck(long moment) throws InterruptedException {
        if (!waits.await(moment, PATIENCE)) {
            throw new IllegalStateException("no acknowledgement within " + PATIENCE.toSeconds() + " s");
        }
    }
}
