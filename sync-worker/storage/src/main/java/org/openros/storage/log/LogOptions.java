// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.util.UUID;

/**
 * How a log uses its folder and memory.
 *
 * @param store id of the content that the log belongs to; segments of another one are refused
 * @param segmentBytes size of a segment file, at least 64 KiB; a larger batch gets a file of its own
 * @param spareSegments released segments that are kept for reuse; more are deleted
 * @param recentBytes payloads of the newest entries that are kept in memory for readers
 * @param laggardBytes so much of the log is kept for readers that lag behind, beyond what is needed anyway
 */
public record LogOptions(UUID store, long segmentBytes, int spareSegments, long recentBytes, long laggardBytes) {
    private static final long MIN_SEGMENT = 64 << 10;

    /** Checks the ranges. */
    public LogOptions {
        if (segmentBytes < MIN_SEGMENT || spareSegments < 1) {
            throw new IllegalArgumentException("a segment has at least 64 KiB, and one spare is needed");
        }
        if (recentBytes < 0 || laggardBytes < 0) {
            throw new IllegalArgumentException("sizes are not negative");
        }
    }
}
