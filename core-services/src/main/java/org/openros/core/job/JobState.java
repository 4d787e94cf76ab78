// SPDX-License-Identifier: Apache-2.0
package org.openros.core.job;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far a job is. */
public enum JobState {
    /** Nobody has taken it up yet. */
    QUEUED,

    /** A process works on it. */
    RUNNING,

    /** It has ended well. */
    SUCCEEDED,

    /** It has ended, and its error says why. */
    FAILED,

    /** It was told to stop, and has. */
    CANCELLED;

    /** The name in requests and answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it has ended. */
    public boolean isEnd() {
        return this != QUEUED && this != RUNNING;
    }

    /** The state of a name; null if there is none. */
    public static @Nullable JobState named(@Nullable String name) {
        for (JobState state : values()) {
            if (state.text().equals(name)) {
                return state;
            }
        }
        return null;
    }
}
