// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.util.HashSet;
import java.util.Set;
import org.openros.protocol.SyncError;

/**
 * How soon sessions of one connection come back about which nobody can decide: for the first time after a second, as
 * most of it is over by then, and after that later and later. Belongs to the event loop of the connection.
 */
final class Patience {
    /** A client that goes through more numbers of sessions begins anew. */
    private static final int MAX_KNOWN = 2_000;

    /** The sessions that were told so at their last BIND. Most connections never have any. */
    private Set<Long> undecided = Set.of();

    /** What a session is told in place of an error. */
    SyncError told(long session, SyncError error) {
        if (error != SyncError.UNDECIDED) {
            return error;
        }
        if (undecided.isEmpty() || undecided.size() >= MAX_KNOWN) {
            undecided = new HashSet<>();
        }
        return undecided.add(session) ? SyncError.SESSION_CLOSED : SyncError.UNDECIDED;
    }

    /** Somebody could decide. */
    void decided(long session) {
        if (!undecided.isEmpty()) {
            undecided.remove(session);
        }
    }
}
