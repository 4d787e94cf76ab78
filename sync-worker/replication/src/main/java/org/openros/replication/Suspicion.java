// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;

/** What speaks for the death of the master that holds the lock (group protocol, "Assisted takeover"). */
final class Suspicion {
    /** The lock's session of the master; null if there is no other master. */
    final @Nullable String session;

    /** When a frame came last, or the master was first heard of. */
    long lastSign;

    /** Whether the stream was reset, or could not be opened, since then. */
    boolean cut;

    /** A probe found its process gone. */
    boolean gone;

    /** A probe failed in another way. */
    boolean unreachable;

    /** It said itself that its reigns up to this epoch are over. */
    Epoch ceased = Epoch.NONE;

    boolean probing;
    long probeAt = Long.MIN_VALUE;
    long witnessAt = Long.MIN_VALUE;

    /** The end of its session was asked for. */
    boolean ending;

    long endAt = Long.MIN_VALUE;

    Suspicion(@Nullable String session, long lastSign) {
        this.session = session;
        this.lastSign = lastSign;
    }

    Suspicion copy() {
        Suspicion copy = new Suspicion(session, lastSign);
        copy.cut = cut;
        copy.gone = gone;
        copy.unreachable = unreachable;
        copy.ceased = ceased;
        copy.probing = probing;
        copy.probeAt = probeAt;
        copy.witnessAt = witnessAt;
        copy.ending = ending;
        copy.endAt = endAt;
        return copy;
    }

    /** It is there after all. What it said of its reigns stays true. */
    void dispel(long now) {
        lastSign = now;
        cut = false;
        gone = false;
        unreachable = false;
    }
}
