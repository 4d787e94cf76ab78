// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.util.function.BiConsumer;
import org.openros.storage.NodeStore;

/**
 * Applies what a follower knows to be committed, in the background, so that a promotion finds the state up to date. It has a
 * thread of its own, which appending does not wait for. Thread-safe.
 */
final class FollowerApplier implements AutoCloseable {
    /** So many entries are applied before it looks whether it is to rest. */
    private static final long AT_ONCE = 1024;

    private final NodeStore store;
    private final BiConsumer<Long, RuntimeException> failed;
    private final Thread thread = Thread.ofPlatform().daemon().name("group-apply").unstarted(this::run);
    private long wanted;
    private long ticket;
    private boolean working;
    private boolean ended;

    /**
     * An applier with nothing to do.
     *
     * @param failed hears the ticket of a request that cannot be carried out
     */
    FollowerApplier(NodeStore store, BiConsumer<Long, RuntimeException> failed) {
        this.store = store;
        this.failed = failed;
        thread.start();
    }

    /** Applies up to there; takes the place of a request that waits. */
    synchronized void apply(long request, long through) {
        if (through > wanted) {
            wanted = through;
            ticket = request;
            notifyAll();
        }
    }

    /** Forgets what waits, and returns once nothing is under way. */
    synchronized void rest() {
        wanted = 0;
        boolean interrupted = false;
        while (working) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (long through = next(); through > 0; through = next()) {
            try {
                store.apply(through);
            } catch (RuntimeException e) {
                fail(e);
            }
        }
    }

    /** Waits for something to apply; 0 at the end. */
    private synchronized long next() {
        working = false;
        notifyAll();
        while (!ended && store.applied().seq() >= wanted) {
            try {
                wait();
            } catch (InterruptedException e) {
                ended = true;
            }
        }
        working = !ended;
        return ended ? 0 : Math.min(wanted, store.applied().seq() + AT_ONCE);
    }

    private void fail(RuntimeException failure) {
        long of;
        synchronized (this) {
            of = ticket;
            wanted = 0;
        }
        failed.accept(of, failure);
    }

    @Override
    public void close() {
        synchronized (this) {
            ended = true;
            notifyAll();
        }
        rest();
    }
}
