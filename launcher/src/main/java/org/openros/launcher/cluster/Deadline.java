// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A moment until which something is looked at again and again. */
record Deadline(long nanos) {
    private static final long PAUSE_MILLIS = 50;

    static Deadline after(Duration patience) {
        return new Deadline(System.nanoTime() + patience.toNanos());
    }

    boolean passed() {
        return System.nanoTime() - nanos >= 0;
    }

    /** Waits a moment before the next look. */
    @SuppressWarnings("MethodCanBeStatic")
    void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
}
