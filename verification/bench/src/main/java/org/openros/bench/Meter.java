// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Records latencies of what was due to begin within a window of time, and counts what was done within it. In an open
 * loop the beginning is the intended one, so a server that stalls is charged for everything that had to wait.
 * Thread-safe.
 */
final class Meter {
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(10);

    private final Recorder latencies = new Recorder(LONGEST, 3);
    private final LongAdder done = new LongAdder();
    private final long from;
    private final long to;

    /** A window by {@link System#nanoTime}, its end not included. */
    Meter(long from, long to) {
        this.from = from;
        this.to = to;
    }

    static Meter startingIn(double warmUpSeconds, double seconds) {
        long from = System.nanoTime() + (long) (warmUpSeconds * 1e9);
        return new Meter(from, from + (long) (seconds * 1e9));
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    /** Whether nothing new should begin. */
    boolean isOver(long now) {
        return now - to >= 0;
    }

    void record(long began, long ended) {
        record(began, ended, 1);
    }

    /** Records one latency that stands for several things done. */
    void record(long began, long ended, int count) {
        if (began - from >= 0 && began - to < 0) {
            latencies.recordValue(Math.clamp(ended - began, 0, LONGEST));
        }
        if (ended - from >= 0 && ended - to < 0) {
            done.add(count);
        }
    }

    /** The latencies since the beginning, in nanoseconds; may be taken once. */
    Histogram latencies() {
        return latencies.getIntervalHistogram();
    }

    double donePerSecond() {
        return done.sum() / ((to - from) / 1e9);
    }
}
