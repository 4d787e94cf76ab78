// SPDX-License-Identifier: Apache-2.0
package org.openros.core.job;

/** By which work tells how far it is, and learns that it is to stop. */
public interface JobProgress {
    /**
     * Tells how far the work is; cheap, may be called often.
     *
     * @throws InterruptedException if the work is to stop: it was cancelled, or another process goes on with it
     */
    void report(long done, long total, String unit) throws InterruptedException;

    /** Whether the work is to stop because somebody wants that, and not because this process ends. */
    boolean isCancelled();
}
