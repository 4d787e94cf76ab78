// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;

/**
 * A move of a realm to another group.
 *
 * @param store by which workers name the realm
 * @param isCancelled whether somebody wants the realm to stay
 * @param admission counts how often the copy was begun
 * @param closing counts how often the realm was closed at its old place
 * @param copied bytes that have arrived
 * @param size bytes that were to be copied, about; more may come while the realm is used
 * @param endedAt null while it is under way
 * @param error why it has failed; null if it has not
 */
public record RealmMove(
        String id,
        RealmPath path,
        RealmPath store,
        long incarnation,
        GroupId source,
        GroupId target,
        State state,
        boolean isCancelled,
        long admission,
        long closing,
        long copied,
        long size,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String error) {
    /** How far a move is. */
    public enum State {
        /** The realm is at its old place; a copy is on its way. */
        RUNNING,
        /** The realm is at its new place for the directory. Nothing leads back from here. */
        SWITCHED,
        /** The realm stays at its old place; what is at the new one has to go. */
        RETURNING,
        /** The realm is served at its new place; what is at the old one is kept for a while. */
        DONE,
        /** Done, and nothing is left at the old place. */
        CLEARED,
        /** Given up; the realm is where it was. */
        FAILED,
        /** Given up because somebody wanted that; the realm is where it was. */
        CANCELLED;

        /** Whether something has to be done soon. */
        public boolean isUnderWay() {
            return this == RUNNING || this == SWITCHED || this == RETURNING;
        }
    }

    /** How workers name the present copy at the new place; a later one sorts behind. */
    String admissionName() {
        return String.format("%s#%06d", id, admission);
    }

    /** How workers name the present closing at the old place; a later one sorts behind. */
    String closingName() {
        return String.format("%s#%06d", id, closing);
    }
}
