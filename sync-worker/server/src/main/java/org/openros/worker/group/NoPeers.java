// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.openros.domain.NodeId;
import org.openros.replication.Event;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.link.EntryStream;
import org.openros.replication.link.LinkListener;

/** The single edition has no other nodes: it neither listens nor dials. */
record NoPeers(LinkListener listener) implements Peers {
    private static final String ALONE = "this node is configured to be alone in its group (ros.worker.nodes)";

    @Override
    public void dial(ConnectionId connection, URI at) {
        var _ = CompletableFuture.runAsync(() -> listener.disconnected(connection, Event.Cause.UNREACHABLE));
    }

    @Override
    public void hangUp(ConnectionId connection) {}

    @Override
    public void send(ConnectionId connection, Frame frame) {}

    @Override
    public void streamFrom(ConnectionId connection, EntryStream stream) {}

    @Override
    public void stopStream(ConnectionId connection) {}

    @Override
    public void written() {}

    @Override
    public void probe(URI at, NodeId about, Consumer<ProbeOutcome> then) {
        then.accept(new ProbeOutcome.Silent(ALONE));
    }

    @Override
    public void fetch(DiskRequest.TakeCheckpoint request, Path into, Consumer<CheckpointFetcher.Fetched> then) {
        then.accept(new CheckpointFetcher.Fetched.Failed(new IllegalStateException(ALONE)));
    }

    @Override
    public void close() {}
}
