// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.List;

/**
 * How much one realm takes from its clients: nothing more for a moment while too much is on its way to the disk, from
 * this realm or from all of them together. For the realm's actor.
 */
final class Intake {
    private final Realm realm;
    private final WorkMemory memory;
    private final long limit;
    private final List<Session> throttled = new ArrayList<>();
    private long bytesInFlight;
    private boolean awaitingRoom;

    /**
     * Nothing is on its way.
     *
     * @param limit bytes of this realm
     */
    Intake(Realm realm, WorkMemory memory, long limit) {
        this.realm = realm;
        this.memory = memory;
        this.limit = limit;
    }

    /** Lets a session send its next message once there is room for it. */
    void request(Session session, Batch batch) {
        boolean crowded = memory.uncommitted().isExceeded();
        if (!crowded && bytesInFlight + batch.bytes() <= limit) {
            session.requestNext();
            return;
        }
        throttled.add(session);
        if (crowded && !awaitingRoom) {
            awaitingRoom = true;
            memory.uncommitted().request(0, () -> realm.execute(() -> {
                awaitingRoom = false;
                resume();
            }));
        }
    }

    /** Looks again whether those that wait have room. */
    void resume() {
        if (!throttled.isEmpty()) {
            List<Session> waiting = List.copyOf(throttled);
            throttled.clear();
            waiting.forEach(realm::requestUpload);
        }
    }

    void forget(Session session) {
        throttled.remove(session);
    }

    /** Counts what was added to a batch last. */
    void count(Batch batch) {
        memory.uncommitted().take(batch.count());
    }

    /** Holds memory that was granted for an upload until what came of it is committed or lost. */
    void reserve(Batch batch, long bytes) {
        if (batch.isEmpty()) {
            memory.uploads().give(bytes);
        } else {
            batch.reserve(bytes);
        }
    }

    /** A batch is on its way to the disk. */
    void sent(Batch.Sent sent) {
        bytesInFlight += sent.bytes();
    }

    /** A batch that was sent is committed or lost. */
    void ended(Batch.Sent sent) {
        bytesInFlight -= sent.bytes();
        giveBack(sent);
    }

    /** What a batch holds is no longer in use. */
    void giveBack(Batch.Sent sent) {
        memory.uncommitted().give(sent.uncommitted());
        memory.uploads().give(sent.reserved());
    }
}
