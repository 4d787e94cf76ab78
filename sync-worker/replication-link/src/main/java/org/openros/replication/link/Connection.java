// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.openros.replication.Event;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;

/**
 * One stream between a follower and a master, seen from either end. Sending and hanging up never call the listener:
 * what they cause is reported by another thread, so that they may be called by one that holds locks which the listener
 * needs.
 */
abstract class Connection {
    private final LinkListener listener;
    private final Lock reporting = new ReentrantLock();
    private boolean over;

    Connection(LinkListener listener) {
        this.listener = listener;
    }

    /** Its name; a follower's has none before its Hello. */
    abstract ConnectionId id();

    /** Sends a frame behind the earlier ones, or drops it if the connection is gone. Does not block. */
    abstract void send(Frame frame);

    /** Ends the connection: what was sent before is still delivered if the peer takes it. Idempotent. */
    abstract void hangUp();

    /** Cuts the connection off at once and lets go of everything. Idempotent. */
    abstract void cut();

    /** The log of this node has grown. */
    void written() {}

    final void reportConnected() {
        report(() -> listener.connected(id()));
    }

    final void report(Frame frame) {
        report(() -> listener.received(id(), frame));
    }

    /** Reports the end, unless an end was reported before. */
    final void reportEnd(Event.Cause cause) {
        report(() -> {
            over = true;
            listener.disconnected(id(), cause);
        });
    }

    private void report(Runnable call) {
        reporting.lock();
        try {
            if (!over) {
                call.run();
            }
        } finally {
            reporting.unlock();
        }
    }
}
