// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import org.openros.replication.Event;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;

/**
 * Hears what happens on the connections of a node: those that it dialled, and those that followers opened to it. Calls
 * about one connection come one at a time and in order; calls about several may come at once. They come on threads of
 * the link, never out of a call into it, and hold all other connections of such a thread up: they must not wait for a
 * disk or a network.
 */
public interface LinkListener {
    /** A connection that this node dialled is open: {@link Event.Connected}. */
    void connected(ConnectionId connection);

    /**
     * A frame came: {@link Event.FrameCame}. The first of a follower's connection is a {@code Hello}, which names the
     * connection. Entries come like all other frames, in order, each frame at most
     * {@value EntryPacker#FRAME_BYTES} bytes but for a single longer entry; the node answers them with an {@code Ack}
     * for the newest one that is durable, and those that arrive while it writes can be written together.
     */
    void received(ConnectionId connection, Frame frame);

    /** A connection ended: {@link Event.Disconnected}; once for each, and nothing comes of it later. */
    void disconnected(ConnectionId connection, Event.Cause cause);
}
