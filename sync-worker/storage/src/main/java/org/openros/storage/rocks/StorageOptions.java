// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import org.openros.storage.commit.CommitLimits;

/**
 * How a storage uses memory and disk. Sizes are in bytes.
 *
 * @param limits what may be pending, and what shares one disk write
 * @param logSegmentBytes size of a log file, at least 64 KiB
 * @param flushAfterLogBytes so much log is read again after a crash at most; also about the log's size on disk
 * @param blockCacheBytes native memory for blocks of the state that were read
 * @param memtableBytes native memory for changes of the state that are not in its files yet
 * @param diskReserveBytes commits are refused while the disk has less room than this, so that the state never
 *     runs dry
 * @param recentLogBytes heap for the newest entries of the log, for {@link org.openros.storage.LogTail} readers
 * @param laggardLogBytes so much of the log stays on the disk for nodes that lag behind and that nobody waits for; one
 *     that needs more takes a checkpoint
 * @param copyIsAnotherStore whether a folder that was copied or restored gets a store id of its own, because others
 *     rely on what the original has acknowledged (group protocol, rule 11)
 */
public record StorageOptions(
        CommitLimits limits,
        long logSegmentBytes,
        long flushAfterLogBytes,
        long blockCacheBytes,
        long memtableBytes,
        long diskReserveBytes,
        long recentLogBytes,
        long laggardLogBytes,
        boolean copyIsAnotherStore) {
    /**
     * For a worker alone: 16 MiB segments, flush after 64 MiB, 32 MiB each for cache and memtables, 128 MiB in reserve,
     * nothing kept for others.
     */
    public static final StorageOptions DEFAULT =
            new StorageOptions(CommitLimits.DEFAULT, 16L << 20, 64L << 20, 32L << 20, 32L << 20, 128L << 20, 0,
                    0, false);

    /**
     * For a worker in a group: the same with 64 MiB for memtables, because what is written from them to files is merged
     * three times in a group, and 4 MiB of the log on the heap and 1 GiB on the disk for the others. The
     * heap has what followers lack that are in step; what it holds is live, and each collection of garbage walks over
     * it.
     */
    public static final StorageOptions IN_GROUP = DEFAULT.withMemtables(64L << 20).inGroup(4L << 20, 1L << 30);

    /** Checks that the sizes are positive. */
    public StorageOptions {
        if (flushAfterLogBytes < 1 || blockCacheBytes < 1 || memtableBytes < 1 || diskReserveBytes < 0
                || recentLogBytes < 0 || laggardLogBytes < 0) {
            throw new IllegalArgumentException("sizes are positive");
        }
    }

    private StorageOptions withMemtables(long bytes) {
        return new StorageOptions(limits, logSegmentBytes, flushAfterLogBytes, blockCacheBytes, bytes, diskReserveBytes,
                recentLogBytes, laggardLogBytes, copyIsAnotherStore);
    }

    /** The same for a group, with sizes of what is kept of the log for others. */
    public StorageOptions inGroup(long recentBytes, long laggardBytes) {
        return new StorageOptions(limits, logSegmentBytes, flushAfterLogBytes, blockCacheBytes, memtableBytes,
                diskReserveBytes, recentBytes, laggardBytes, true);
    }
}
