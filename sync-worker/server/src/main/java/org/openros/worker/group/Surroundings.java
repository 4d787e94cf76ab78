// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.DamagedValueException;
import org.openros.cluster.GroupView.Registration;
import org.openros.cluster.LockService;
import org.openros.cluster.Master;
import org.openros.cluster.group.GroupKeys;
import org.openros.cluster.group.GroupRecord;
import org.openros.replication.NodeSettings;
import org.openros.replication.link.LinkHost;
import org.openros.replication.link.LinkSettings;
import org.openros.replication.link.ReplicationLink;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a started node has around it: the lock service and the other nodes. */
public final class Surroundings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Surroundings.class);

    private final NodeAddresses addresses;
    private final Peers peers;
    private final GroupReader reader;
    private final LockCalls locks;
    private final Registration watch;

    private Surroundings(NodeAddresses addresses, Peers peers, GroupReader reader, LockCalls locks,
            Registration watch) {
        this.addresses = addresses;
        this.peers = peers;
        this.reader = reader;
        this.locks = locks;
        this.watch = watch;
    }

    /** Listens and looks around; what is heard may be heard before this returns. */
    static Surroundings enter(NodeParts parts, URI link, URI api, LinkHost host, Consumer<GroupSnapshot> seen)
            throws IOException {
        NodeSettings settings = parts.settings();
        Peers peers;
        NodeAddresses addresses;
        if (settings.isAlone()) {
            peers = new NoPeers(host);
            addresses = new NodeAddresses(link, api, api);
        } else {
            ReplicationLink listening = ReplicationLink.start(
                    new LinkSettings(settings.group(), settings.node(), parts.replication(), parts.tls()), host);
            peers = new LinkedPeers(listening);
            addresses = new NodeAddresses(link, api, listening.address(parts.advertise()));
        }
        GroupKeys keys = new GroupKeys(settings.group());
        GroupReader reader = new GroupReader(keys);
        LockCalls locks = new LockCalls(parts.locks(), reader, settings, addresses, parts.version());
        return new Surroundings(addresses, peers, reader, locks, watch(parts.locks(), keys, reader, seen));
    }

    private static Registration watch(
            LockService locks, GroupKeys keys, GroupReader reader, Consumer<GroupSnapshot> seen) {
        return locks.watch(keys.prefix(), values -> {
            try {
                seen.accept(reader.read(values));
            } catch (DamagedValueException e) {
                LOG.error("the group cannot be seen: {}", e.getMessage());
            }
        });
    }

    Peers peers() {
        return peers;
    }

    LockCalls locks() {
        return locks;
    }

    /** Where this node is reached. */
    public NodeAddresses addresses() {
        return addresses;
    }

    /** The master as the lock service names it; null if nobody holds the lock. */
    public @Nullable Master master() {
        return reader.master();
    }

    /** The group's record as the lock service has it; null if there is none. */
    public @Nullable GroupRecord record() {
        return reader.record();
    }

    /** The session in the lock service; null if there is none. */
    public @Nullable Lease lease() {
        return locks.lease();
    }

    /** Gives back session and lock without waiting: others need not wait for the session to expire. */
    void abandonSession() {
        Lease lease = locks.lease();
        if (lease != null) {
            locks.ask(new LockRequest.DestroySession(lease.session()), answer -> {});
        }
    }

    @Override
    public void close() {
        watch.close();
        peers.close();
        locks.close();
    }
}
