// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openros.cluster.group.GroupRecord;
import org.openros.cluster.group.Member;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.Position;
import org.openros.replication.frame.ConnectionId;

/** What has to hold at each moment (group protocol, "Invariants"), seen from outside of all nodes. */
final class Invariants {
    private final World world;
    private final List<Position> committed = new ArrayList<>();
    private final Map<Epoch, NodeId> masters = new HashMap<>();
    private final Map<StoreId, Epoch> promises = new HashMap<>();
    private final Map<NodeId, Epoch> ceased = new HashMap<>();

    Invariants(World world) {
        this.world = world;
    }

    boolean isCommitted(Position position) {
        return position.seq() <= committed.size() && committed.get((int) position.seq() - 1).equals(position);
    }

    /** A master commits: nothing committed changes, and all published members have it on their disks. */
    void committed(NodeProcess process, Epoch epoch, long seq) {
        DiskModel disk = world.host(process.name()).disk;
        long known = Math.min(seq, committed.size());
        if (known > 0 && !committed.get((int) known - 1).equals(disk.position(known))) {
            world.recorder.broken("I1", process.name() + " commits in epoch " + epoch + " another entry " + known + ": "
                    + disk.position(known) + ", and not " + committed.get((int) known - 1));
        }
        for (long next = known + 1; next <= seq; next++) {
            Position position = disk.position(next);
            if (position != null) {
                committed.add(position);
            }
        }
        GroupRecord record = world.lock.store.record;
        if (record != null && !world.lockTampered) {
            record.members().forEach(member -> holds(process, member, seq));
        }
    }

    private void holds(NodeProcess process, Member member, long seq) {
        for (Host host : world.nodes()) {
            DiskModel disk = host.disk;
            boolean intact = disk.store.equals(member.store()) && disk.damage == null && disk.node.equals(host.name());
            Position position = seq <= disk.synced ? disk.position(seq) : null;
            if (intact && !committed.get((int) seq - 1).equals(position)) {
                world.recorder.broken("I1",
                        process.name() + " commits " + seq + ", and member " + member.node() + " has "
                        + disk.view());
            }
        }
    }

    /** A node begins to serve. */
    void serves(NodeId node, Epoch epoch) {
        NodeId before = masters.putIfAbsent(epoch, node);
        if (before != null && !before.equals(node)) {
            world.recorder.broken("I3", node + " serves in epoch " + epoch + " of " + before);
        }
        if (epoch.compareTo(ceased.getOrDefault(node, Epoch.NONE)) <= 0) {
            world.recorder.broken("takeover", node + " serves in epoch " + epoch + " and has said that this is over");
        }
    }

    /** A node says that its reigns up to an epoch are over: it does not serve any of them, and never will. */
    void ceased(NodeProcess process, Epoch epoch) {
        ceased.merge(process.name(), epoch, (one, other) -> one.compareTo(other) < 0 ? other : one);
        if (process.isServing() && process.status().epoch().compareTo(epoch) <= 0) {
            world.recorder.broken("takeover", process.name() + " serves and says that epoch " + epoch + " is over");
        }
    }

    void look(NodeProcess process, DiskModel disk) {
        if (!disk.node.equals(process.name())) {
            return;
        }
        long commit = process.status().commitSeq();
        if (disk.applied > disk.log.size() || disk.applied > Math.max(commit, committed.size())) {
            world.recorder.broken("I7",
                    process.name() + " applied " + disk.applied + " of " + disk.view() + ", committed " + commit);
        }
        Epoch before = promises.put(disk.store, disk.promised);
        if (before != null && before.compareTo(disk.promised) > 0) {
            world.recorder.broken("I8", process.name() + " promised " + before + " and now " + disk.promised);
        }
    }

    /** A follower is to be fed from where the log does not begin any more: never if it is a member (rule 16). */
    void released(NodeProcess master, Epoch epoch, ConnectionId connection, long after, long released) {
        Link link = master.links.get(connection);
        GroupRecord record = world.lock.store.record;
        DiskModel disk = link == null ? null : world.host(link.peer(master).name()).disk;
        if (disk != null && record != null && record.epoch().equals(epoch)
                && record.isMember(new Member(disk.node, disk.store))) {
            world.recorder.broken("rule 16",
                    "member " + disk.node + " needs what is behind " + after + ", and " + master.name()
                    + " released up to " + released);
        }
    }

    /** The machine itself found an invariant broken. */
    void machine(String why) {
        world.recorder.broken("machine", why);
    }
}
