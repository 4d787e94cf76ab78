// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

/**
 * One entry of the server history of a realm (merge rules, section 6.1).
 *
 * @param serverVersion dense from 1
 * @param salt 1 to 2<sup>63</sup> - 1
 * @param origin file identifier of the uploader; 0 for the server's own changes
 * @param clientVersion version that the changeset produced on the uploader; 0 for the server's own changes
 * @param originTimestamp milliseconds since 2015-01-01T00:00:00Z, as uploaded
 * @param cumulativeBytes sum of the changeset sizes up to and including this entry
 * @param changeset transformed and re-encoded; empty if no instruction is left; not modified by anybody
 */
public record HistoryEntry(
        long serverVersion,
        long salt,
        long origin,
        long clientVersion,
        long originTimestamp,
        long cumulativeBytes,
        byte[] changeset) {}
