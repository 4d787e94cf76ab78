// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

/**
 * Memory for the large messages to one client: it holds some for one message at a time, until the link has taken that.
 * For the realm's actor.
 */
final class DownloadRoom {
    /** Smaller messages are bounded by what links take. */
    private static final int LARGE = 256 << 10;

    private final Session session;
    private final Realm realm;
    private final MemoryBudget memory;
    private long held;
    private boolean used;
    private boolean asking;
    private boolean ended;

    DownloadRoom(Session session, Realm realm) {
        this.session = session;
        this.realm = realm;
        this.memory = realm.memory().downloads();
    }

    /** Whether a message of so many bytes may be sent; if not, the session is told to push once there may be room. */
    boolean take(long size) {
        long bytes = size > LARGE ? Math.min(size, memory.limit()) : 0;
        if (held < bytes) {
            release();
            if (!memory.tryTake(bytes)) {
                ask(bytes);
                return false;
            }
            held = bytes;
        }
        used = held > 0;
        return true;
    }

    private void ask(long bytes) {
        if (!asking) {
            asking = true;
            memory.request(bytes, () -> realm.execute(() -> granted(bytes)));
        }
    }

    private void granted(long bytes) {
        asking = false;
        held += bytes;
        if (ended) {
            release();
        } else {
            session.pushDownloads();
        }
    }

    /** Whether there is no room at the moment. */
    boolean isAsking() {
        return asking;
    }

    /** Whether memory is held for a message that was sent. */
    boolean isUsed() {
        return used;
    }

    /** The link has taken what was sent. */
    void taken() {
        if (used) {
            release();
        }
    }

    /** Nothing is sent any more. */
    void end() {
        ended = true;
        release();
    }

    private void release() {
        long bytes = held;
        held = 0;
        used = false;
        if (bytes > 0) {
            memory.give(bytes);
        }
    }
}
