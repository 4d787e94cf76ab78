// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

/**
 * Bounds what waits between the caller and the listener.
 *
 * @param pendingCount commits that are not reported yet; one more waits
 * @param pendingBytes sum of their sizes in the log; a single larger one passes when nothing else is pending
 * @param batchCount commits that share one disk write
 * @param batchBytes sum of their sizes; a single larger one is a batch of its own
 */
public record CommitLimits(int pendingCount, long pendingBytes, int batchCount, long batchBytes) {
    /** For a worker: 16,384 commits or 64 MiB pending, 4,096 or 4 MiB in one disk write. */
    public static final CommitLimits DEFAULT = new CommitLimits(16_384, 64L << 20, 4_096, 4L << 20);

    /** Checks that all are positive. */
    public CommitLimits {
        if (pendingCount < 1 || pendingBytes < 1 || batchCount < 1 || batchBytes < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }
}
