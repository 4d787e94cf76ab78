// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

/** A clock that nobody sets, for spans of time. Thread-safe. */
@FunctionalInterface
public interface MonotonicClock {
    /** Nanoseconds since some moment; only differences mean something. Never goes back. */
    long nanos();

    /** The clock of this machine. */
    static MonotonicClock system() {
        return System::nanoTime;
    }
}
