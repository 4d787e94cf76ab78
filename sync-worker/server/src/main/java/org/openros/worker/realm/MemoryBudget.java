// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * So many bytes of the heap may be in use at a time for one kind of work. Who needs more than there is waits its turn,
 * in the order of asking; nobody is overtaken, so that what is large comes to its turn too. Thread-safe; to take and
 * give bytes costs no lock while nobody waits.
 */
public final class MemoryBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicInteger waiters = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> queue = new ArrayDeque<>();

    private record Waiter(long bytes, Runnable granted) {}

    MemoryBudget(long limit) {
        this.limit = limit;
    }

    /** How many bytes there are in all. */
    public long limit() {
        return limit;
    }

    /** How many bytes are taken; may be more than there are. */
    public long used() {
        return used.get();
    }

    /** How many wait for bytes. */
    public int waiting() {
        return waiters.get();
    }

    /** Whether so many bytes can be granted at all. */
    boolean fits(long bytes) {
        return bytes <= limit;
    }

    /** Whether more is taken than there is. */
    boolean isExceeded() {
        return used.get() > limit;
    }

    /** Takes bytes that are in use already, whether there is room or not. */
    void take(long bytes) {
        used.addAndGet(bytes);
    }

    /** Takes bytes if there is room for them and nobody waits. */
    boolean tryTake(long bytes) {
        return waiters.get() == 0 && takeIfRoom(bytes);
    }

    private boolean takeIfRoom(long bytes) {
        long before = used.get();
        while (before + bytes <= limit) {
            if (used.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = used.get();
        }
        return false;
    }

    /**
     * Takes bytes once there is room for them.
     *
     * @param bytes that {@link #fits}; 0 only waits until no more is taken than there is
     * @param granted runs when they are taken, in this call or on the thread that gave others back; must be quick
     */
    public void request(long bytes, Runnable granted) {
        if (tryTake(bytes)) {
            granted.run();
            return;
        }
        lock.lock();
        try {
            queue.add(new Waiter(bytes, granted));
            waiters.incrementAndGet();
        } finally {
            lock.unlock();
        }
        serve();
    }

    /** Gives bytes back. */
    public void give(long bytes) {
        used.addAndGet(-bytes);
        if (waiters.get() > 0) {
            serve();
        }
    }

    private void serve() {
        List<Runnable> served = new ArrayList<>();
        lock.lock();
        try {
            while (!queue.isEmpty() && takeIfRoom(queue.element().bytes())) {
                served.add(queue.remove().granted());
                waiters.decrementAndGet();
            }
        } finally {
            lock.unlock();
        }
        served.forEach(Runnable::run);
    }
}
