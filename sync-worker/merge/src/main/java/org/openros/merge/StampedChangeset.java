// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import org.openros.changeset.Changeset;

/**
 * A changeset with the stamp that decides its ties (merge rules, section 1.5).
 *
 * @param version server or client version, for the caller to recognise it; decides nothing
 * @param originTimestamp milliseconds since 2015-01-01T00:00:00Z as the originator set it, unsigned
 * @param originFileIdent the originator, unsigned: never 0, and 1 for the server's own changes
 */
public record StampedChangeset(long version, long originTimestamp, long originFileIdent, Changeset changeset) {
    /** Whether this changeset has the larger stamp of the two. */
    boolean isLaterThan(StampedChangeset other) {
        int order = Long.compareUnsigned(originTimestamp, other.originTimestamp);
        return order == 0 ? Long.compareUnsigned(originFileIdent, other.originFileIdent) > 0 : order > 0;
    }
}
