// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Collects what listeners hear, in order: a label and the reason of the failure or "done". Thread-safe. */
public final class Outcomes {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** A listener that notes its outcome under a label. */
    public CommitListener listener(String label) {
        return failure -> heard.add(label + " " + outcome(failure));
    }

    /** What was heard so far. */
    public List<String> heard() {
        return heard;
    }

    private static String outcome(@Nullable StorageException failure) {
        return failure == null ? "done" : failure.reason().toString();
    }
}
