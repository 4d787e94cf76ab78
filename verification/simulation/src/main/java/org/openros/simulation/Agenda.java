// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Virtual time, and what is going to happen in it. What is due at the same time happens in the order of entry. */
final class Agenda {
    static final long MILLISECOND = 1_000_000;
    static final long SECOND = 1_000 * MILLISECOND;

    private static final long LOOK_EVERY = 100 * MILLISECOND;

    private record Due(long at, long order, Runnable what) {}

    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private long order;
    private long now;

    /** Nanoseconds since the begin of the simulation. */
    long now() {
        return now;
    }

    void later(long nanos, Runnable what) {
        at(now + nanos, what);
    }

    void at(long time, Runnable what) {
        queue.add(new Due(Math.max(now, time), ++order, what));
    }

    void runFor(long nanos) {
        long end = now + nanos;
        for (Due due = queue.peek(); due != null && due.at() <= end; due = queue.peek()) {
            queue.remove();
            now = due.at();
            due.what().run();
        }
        now = end;
    }

    /** Goes on until something holds, which is looked at now and then; false if it did not in that time. */
    boolean until(long nanos, BooleanSupplier condition) {
        long end = now + nanos;
        while (!condition.getAsBoolean()) {
            if (now >= end) {
                return false;
            }
            runFor(Math.min(LOOK_EVERY, end - now));
        }
        return true;
    }
}
