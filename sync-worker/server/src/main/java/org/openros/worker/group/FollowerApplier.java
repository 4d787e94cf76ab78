// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Applies what a follower knows to be committed, in the background, so that a promotion finds the state nearly up to
 * date. It has a thread of its own, which appending does not wait for. Entries are left to gather, for a while or until
 * there are many: nobody reads the state of a follower, and together they cost much less. Thread-safe.
 */
final class FollowerApplier implements AutoCloseable {
    /** So many entries are not left to wait, and are applied before it looks whether it is to rest. */
    static final long AT_ONCE = 1024;

    /** So long fewer entries are left to wait. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    private final LongSupplier applied;
    private final LongConsumer work;
    private final BiConsumer<Long, RuntimeException> failed;
    private final Thread thread = Thread.ofPlatform().daemon().name("group-apply").unstarted(this::run);
    private long wanted;
    private long ticket;
    /** When the entries that wait are applied however few they are, by {@link System#nanoTime}. */
    private long due;
    private boolean working;
    private boolean ended;

    /**
     * An applier with nothing to do.
     *
     * @param applied the newest entry that is applied
     * @param work applies up to an entry
     * @param failed hears the ticket of a request that cannot be carried out
     */
    FollowerApplier(LongSupplier applied, LongConsumer work, BiConsumer<Long, RuntimeException> failed) {
        this.applied = applied;
        this.work = work;
        this.failed = failed;
        thread.start();
    }

    /** Applies up to there within a while; takes the place of a request that waits. */
    synchronized void apply(long request, long through) {
        if (through > wanted) {
            long done = applied.getAsLong();
            boolean first = wanted <= done;
            boolean many = wanted - done < AT_ONCE && through - done >= AT_ONCE;
            wanted = through;
            ticket = request;
            if (first) {
                due = System.nanoTime() + GATHERING.toNanos();
            }
            if (first || many) {
                notifyAll();
            }
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
                work.accept(through);
            } catch (RuntimeException e) {
                fail(e);
            }
        }
    }

    /** Waits for something to apply; 0 at the end. */
    private synchronized long next() {
        working = false;
        due = System.nanoTime() + GATHERING.toNanos();
        notifyAll();
        try {
            waitForEntries();
        } catch (InterruptedException e) {
            ended = true;
        }
        working = !ended;
        return ended ? 0 : Math.min(wanted, applied.getAsLong() + AT_ONCE);
    }

    private void waitForEntries() throws InterruptedException {
        long waiting = wanted - applied.getAsLong();
        long left = due - System.nanoTime();
        while (!ended && (waiting <= 0 || (waiting < AT_ONCE && left > 0))) {
            if (waiting <= 0) {
                wait();
            } else {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
            waiting = wanted - applied.getAsLong();
            left = due - System.nanoTime();
        }
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
