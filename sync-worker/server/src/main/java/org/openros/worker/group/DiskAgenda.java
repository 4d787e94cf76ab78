// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.LogEntry;

/** What is left to do with the disk, in order; entries that wait one behind the other are one thing to do. Thread-safe. */
final class DiskAgenda {
    private final Deque<Item> waiting = new ArrayDeque<>();
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
     */
    record Appends(long ticket, List<LogEntry> entries) implements Item {}

    synchronized void add(Task task) {
        waiting.add(task);
        notifyAll();
    }

    synchronized void append(long ticket, List<LogEntry> entries) {
        List<LogEntry> together = new ArrayList<>();
        if (waiting.peekLast() instanceof Appends last) {
            waiting.removeLast();
            together = last.entries();
        }
        together.addAll(entries);
        waiting.add(new Appends(ticket, together));
        notifyAll();
    }

    /** The next thing to do; null once the agenda has ended and everything is done. */
    synchronized @Nullable Item take() {
        boolean interrupted = false;
        while (waiting.isEmpty() && !ended) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return waiting.poll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }
}
