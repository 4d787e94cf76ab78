// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.process;

import java.time.Duration;
import java.time.Instant;

/**
 * A process as it is remembered. Pids are given out again, so the start time tells whether it is still the same
 * process.
 *
 * @param started as the system reports it
 */
public record ProcessIdentity(long pid, Instant started) {
    /**
     * Systems derive the start time from the clock and a counter, whose rounding differs a little between two looks.
     */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    /** Whether a process with this pid that started then is the one meant here. */
    boolean startedAt(Instant reported) {
        return Duration.between(started, reported).abs().compareTo(TOLERANCE) <= 0;
    }
}
