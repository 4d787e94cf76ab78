// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attempts at one step of a job whose group does not answer. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final long end;

    /**
     * Begins to count.
     *
     * @param patience how long the step is tried
     */
    Attempts(Duration patience) {
        end = System.nanoTime() + patience.toNanos();
    }

    /**
     * Waits for the time of the next attempt.
     *
     * @return false if there is none: the last one has failed
     */
    boolean isOneLeft(Exception failure) throws InterruptedException {
        requireGoingOn(failure);
        if (System.nanoTime() - end >= 0) {
            return false;
        }
        LOG.debug("tried again", failure);
        Thread.sleep(PAUSE);
        return true;
    }

    /** What is thrown because the thread was interrupted is no failure. */
    static void requireGoingOn(Exception failure) throws InterruptedException {
        if (Thread.interrupted()) {
            InterruptedException stop = new InterruptedException("the job is to stop");
            stop.initCause(failure);
            throw stop;
        }
    }
}
