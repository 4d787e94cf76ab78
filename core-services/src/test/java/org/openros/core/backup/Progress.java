// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.util.ArrayList;
import java.util.List;
import org.openros.core.job.JobProgress;

/** Remembers what work told, as a runner of jobs takes it. */
final class Progress implements JobProgress {
    final List<String> told = new ArrayList<>();

    /** Runs at each report. */
    Runnable meanwhile = () -> {};

    @Override
    public void report(long done, long total, String unit) throws InterruptedException {
        told.add(done + "/" + total + " " + unit);
        meanwhile.run();
        if (Thread.interrupted()) {
            throw new InterruptedException("to stop");
        }
    }

    @Override
    public boolean isCancelled() {
        return false;
    }
}
