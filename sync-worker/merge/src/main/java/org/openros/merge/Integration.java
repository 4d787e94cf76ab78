// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.List;
import java.util.NavigableMap;
import org.openros.changeset.Changeset;

/**
 * What an upload adds to the history: all of it becomes durable together, or nothing (merge rules, section 6.9).
 *
 * @param entries one per changeset of the upload, in order; the first gets the version after the head
 * @param reciprocals forms of the uploader to store, encoded, by server version; all above the new reciprocal base
 * @param trimThrough forms of the uploader up to and including this version are no longer needed; 0 if none go.
 *     Trimming before or after storing the new forms gives the same
 * @param progress the client file from now on
 * @param pairSteps how many pairs of instructions were compared
 */
public record Integration(
        List<NewEntry> entries,
        NavigableMap<Long, byte[]> reciprocals,
        long trimThrough,
        ClientProgress progress,
        long pairSteps) {
    /**
     * The content of a new history entry.
     *
     * @param serverVersion its number
     * @param clientVersion as uploaded
     * @param originTimestamp as uploaded
     * @param changeset what to apply to the state
     * @param encoded what to store: empty if no instruction is left
     */
    @SuppressWarnings("ArrayRecordComponent") // Like the entry that it becomes.
    public record NewEntry(
            long serverVersion, long clientVersion, long originTimestamp, Changeset changeset, byte[] encoded) {}
}
