// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.openros.domain.NodeId;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.link.EntryStream;

/** The other nodes of the group, as the machine's actions reach them. Nothing blocks but closing. Thread-safe. */
interface Peers extends AutoCloseable {
    void dial(ConnectionId connection, URI at);

    void hangUp(ConnectionId connection);

    void send(ConnectionId connection, Frame frame);

    void streamFrom(ConnectionId connection, EntryStream stream);

    void stopStream(ConnectionId connection);

    /** The log has grown. */
    void written();

    void probe(URI at, NodeId about, Consumer<ProbeOutcome> then);

    /** Fetches a checkpoint into a folder; calls back once. */
    void fetch(DiskRequest.TakeCheckpoint request, Path into, Consumer<CheckpointFetcher.Fetched> then);

    @Override
    void close();
}
