// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.LogEntry;

/**
 * What is left to do with the disk, in order; entries that wait one behind the other are one thing to do. If nobody
 * waits for them, they are left to gather for a while. Thread-safe.
 */
final class DiskAgenda {
    /** So many entries are not left to wait. */
    static final int AT_ONCE = 1024;

    private final Duration gathering;
    private final Deque<Item> waiting = new ArrayDeque<>();
    private boolean unhurried;
    private boolean ended;

    /** One thing to do. */
    sealed interface Item {}

    /**
     * A request on its own.
     *
     * @param afterAnswer runs once the answer was given
     */
    record Task(long ticket, DiskWork work, Runnable afterAnswer) implements Item {}

    /**
     * Entries of all requests that waited.
     *
     * @param ticket of the last request
     * @param due when they are appended however few they are, by {@link System#nanoTime}
     */
    record Appends(long ticket, List<LogEntry> entries, long due) implements Item {}

    /**
     * Nothing to do yet.
     *
     * @param gathering so long entries that nobody waits for are left to gather, unless there are many
     */
    DiskAgenda(Duration gathering) {
        this.gathering = gathering;
    }

    synchronized void add(Task task) {
        waiting.add(task);
        notifyAll();
    }

    synchronized void append(long ticket, List<LogEntry> entries) {
        List<LogEntry> together = new ArrayList<>();
        long due = System.nanoTime() + (unhurried ? gathering.toNanos() : 0);
        if (waiting.peekLast() instanceof Appends last) {
            waiting.removeLast();
            together = last.entries();
            due = last.due();
        }
        together.addAll(entries);
        waiting.add(new Appends(ticket, together, due));
        if (together.size() == entries.size() || isDue()) {
            notifyAll();
        }
    }

    /** Whether nobody waits for entries to be appended from now on. */
    synchronized void takeTime(boolean unhurriedNow) {
        unhurried = unhurriedNow;
    }

    private boolean isDue() {
        return ended || waiting.size() > 1 || !(waiting.peek() instanceof Appends appends)
                || appends.entries().size() >= AT_ONCE || appends.due() <= System.nanoTime();
    }

    /** The next thing to do; null once the agenda has ended and everything is done. */
    synchronized @Nullable Item take() {
        boolean interrupted = false;
        while (!ended && (waiting.isEmpty() || !isDue())) {
            try {
                waitForMore();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return waiting.poll();
    }

    private void waitForMore() throws InterruptedException {
        if (waiting.peek() instanceof Appends appends) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, appends.due() - System.nanoTime()));
        } else {
            wait();
        }
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
