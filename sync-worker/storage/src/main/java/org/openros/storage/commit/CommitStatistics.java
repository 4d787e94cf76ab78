// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.openros.storage.StorageException;

/** Counts since the storage was opened. Thread-safe; values are read one by one, not at one instant. */
public final class CommitStatistics {
    private final LongAdder commits = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder logNanos = new LongAdder();

    /** Commits reported as done. */
    public long commits() {
        return commits.sum();
    }

    /** Commits reported as failed. */
    public long failures() {
        return failures.sum();
    }

    /** Batches written to the log, each with one flush of the disk. */
    public long batches() {
        return batches.sum();
    }

    /** Payload bytes written to the log. */
    public long bytes() {
        return bytes.sum();
    }

    /** Nanoseconds spent in writing and flushing the log. */
    public long logNanos() {
        return logNanos.sum();
    }

    void logged(long size, long nanos) {
        batches.increment();
        bytes.add(size);
        logNanos.add(nanos);
    }

    void reported(@Nullable StorageException failure) {
        (failure == null ? commits : failures).increment();
    }
}
