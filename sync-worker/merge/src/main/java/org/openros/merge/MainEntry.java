// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

/**
 * One entry of the main history as the rules see it (merge rules, section 6.1).
 *
 * @param serverVersion its number, dense from 1
 * @param origin file identifier of the uploader; 0 for the server's own changes
 * @param clientVersion version that the changeset produced on the uploader; 0 for the server's own changes
 * @param originTimestamp milliseconds since 2015-01-01T00:00:00Z, as uploaded
 * @param changeset encoded; empty if no instruction is left; not modified by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // Copying every changeset on its way through the history would cost too much.
public record MainEntry(
        long serverVersion, long origin, long clientVersion, long originTimestamp, byte[] changeset) {
    /** The identifier that stands in stamps and downloads: the server's own changes come from file 1. */
    public long originForOthers() {
        return origin == 0 ? 1 : origin;
    }

    /** Whether nothing is left to apply, so that nobody receives it and nothing is merged with it. */
    public boolean isEmpty() {
        return changeset.length == 0;
    }
}
