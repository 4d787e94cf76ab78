// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.storage.Leading;
import org.openros.worker.realm.LeadershipCheck;
import org.openros.worker.realm.Realms;

/**
 * The realms of the present reign. Each reign has its own, over its own storage: what one has not committed when it
 * ends, the next one never knew. Thread-safe.
 */
public final class Reigns {
    private final Founding founding;
    private volatile @Nullable Reign present;

    /** Makes the realms of a reign. */
    @FunctionalInterface
    public interface Founding {
        /**
         * Makes them.
         *
         * @param storage of the reign
         * @param leadership tells whether the reign goes on
         */
        Realms found(Leading storage, LeadershipCheck leadership);
    }

    /**
     * A reign.
     *
     * @param realms served in it
     */
    public record Reign(Epoch epoch, Realms realms) {}

    /** No reign yet. */
    public Reigns(Founding founding) {
        this.founding = founding;
    }

    /** The present reign; null while this node is not the master. */
    public @Nullable Reign present() {
        return present;
    }

    /**
     * Waits until there is a reign.
     *
     * @return whether there is one
     */
    public synchronized boolean await(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); present == null && left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return present != null;
    }

    synchronized void begin(Epoch epoch, Leading storage, LeadershipCheck leadership) {
        present = new Reign(epoch, founding.found(storage, leadership));
        notifyAll();
    }

    /** Looks after realms that wait for time to pass. */
    void sweep() {
        Reign reign = present;
        if (reign != null) {
            reign.realms().sweep();
        }
    }

    /** Takes no more uploads, and calls back once all that were taken are committed. */
    void drain(Epoch epoch, Runnable drained) {
        Reign reign = present;
        if (reign == null || !reign.epoch().equals(epoch)) {
            drained.run();
        } else {
            reign.realms().drain(drained);
        }
    }

    /** Ends a reign: its sessions try again elsewhere. Nothing happens if it is not the present one. */
    synchronized void end(Epoch epoch, String why) {
        Reign reign = present;
        if (reign != null && reign.epoch().equals(epoch)) {
            present = null;
            reign.realms().close(why);
        }
    }
}
