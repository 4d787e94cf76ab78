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
import org.openros.replication.link.CheckpointOrder;
import org.openros.replication.link.EntryStream;
import org.openros.replication.link.ReplicationLink;

/** The other nodes over the network. */
record LinkedPeers(ReplicationLink link) implements Peers {
    @Override
    public void dial(ConnectionId connection, URI at) {
        link.dial(connection, at);
    }

    @Override
    public void hangUp(ConnectionId connection) {
        link.hangUp(connection);
    }

    @Override
    public void send(ConnectionId connection, Frame frame) {
        link.send(connection, frame);
    }

    @Override
    public void streamFrom(ConnectionId connection, EntryStream stream) {
        link.streamFrom(connection, stream);
    }

    @Override
    public void stopStream(ConnectionId connection) {
        link.stopStream(connection);
    }

    @Override
    public void written() {
        link.written();
    }

    @Override
    public void probe(URI at, NodeId about, Consumer<ProbeOutcome> then) {
        link.probe(at, about, then);
    }

    @Override
    public void fetch(DiskRequest.TakeCheckpoint request, Path into, Consumer<CheckpointFetcher.Fetched> then) {
        var _ = link.fetch(new CheckpointOrder(request.at(), request.epoch(), into), (done, total) -> {})
                .done()
                .whenComplete((manifest, failure) -> then.accept(failure == null
                        ? new CheckpointFetcher.Fetched.Complete(into, manifest)
                        : new CheckpointFetcher.Fetched.Failed(failure)));
    }

    @Override
    public void close() {
        link.close();
    }
}
