// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.DamagedValueException;
import org.openros.cluster.LockService.Value;
import org.openros.cluster.Master;
import org.openros.cluster.group.GroupJson;
import org.openros.cluster.group.GroupKeys;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.Orders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes of the values under a group's prefix what the role machine sees. Thread-safe. */
final class GroupReader {
    private static final Logger LOG = LoggerFactory.getLogger(GroupReader.class);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final URI NOWHERE = URI.create("none:nobody");

    private final GroupKeys keys;
    private volatile @Nullable Master master;
    private volatile @Nullable GroupRecord record;

    GroupReader(GroupKeys keys) {
        this.keys = keys;
    }

    /** The master as read last; null if nobody holds the lock. */
    @Nullable Master master() {
        return master;
    }

    /** The record as read last; null if there was none. */
    @Nullable GroupRecord record() {
        return record;
    }

    /**
     * Reads all of it.
     *
     * @throws DamagedValueException if record, leader or orders cannot be read: nobody may act on the rest then
     */
    GroupSnapshot read(List<Value> values) throws DamagedValueException {
        @Nullable GroupRecord found = null;
        GroupSnapshot.@Nullable Leader leader = null;
        @Nullable Master holder = null;
        Orders orders = Orders.NONE;
        long recordIndex = 0;
        long ordersIndex = 0;
        List<GroupSnapshot.Presence> nodes = new ArrayList<>();
        for (Value value : values) {
            if (value.key().equals(keys.record())) {
                found = GroupJson.record(value);
                recordIndex = value.index();
            } else if (value.key().equals(keys.leader())) {
                Master named = GroupJson.master(value);
                leader = leader(named, value.session());
                holder = value.session() == null ? null : named;
            } else if (value.key().equals(keys.orders())) {
                orders = orders(value);
                ordersIndex = value.index();
            } else if (value.key().startsWith(keys.nodes())) {
                addPresence(value, nodes);
            }
        }
        master = holder;
        record = found;
        return new GroupSnapshot(found, recordIndex, leader, orders, ordersIndex, nodes);
    }

    private static GroupSnapshot.Leader leader(Master master, @Nullable String session) {
        URI replication = Objects.requireNonNullElse(master.replication(), NOWHERE);
        return new GroupSnapshot.Leader(new NodeId(master.node()), master.epoch(), replication, session);
    }

    /** A presence that cannot be read is as good as none: it never is a reason to promote. */
    private static void addPresence(Value value, List<GroupSnapshot.Presence> nodes) {
        String session = value.session();
        if (session == null) {
            return;
        }
        try {
            PresenceJson.Presence presence = PresenceJson.decode(value.content());
            nodes.add(new GroupSnapshot.Presence(presence.report(), presence.replication(), session));
        } catch (RuntimeException e) {
            LOG.warn("{} cannot be read, the node counts as absent: {}", value.key(), e.getMessage());
        }
    }

    static byte[] encode(Orders orders) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("paused", orders.paused());
        ArrayNode abandoned = object.putArray("abandoned");
        orders.abandoned().forEach(lineage -> abandoned.add(lineage.toString()));
        return JSON.writeValueAsBytes(object);
    }

    private static Orders orders(Value value) throws DamagedValueException {
        try {
            JsonNode object = JSON.readTree(value.content());
            Set<Lineage> abandoned = new HashSet<>();
            object.path("abandoned").forEach(lineage -> abandoned.add(Lineage.of(lineage.stringValue())));
            return new Orders(object.required("paused").booleanValue(), abandoned);
        } catch (RuntimeException e) {
            throw new DamagedValueException(
                    value.key(), String.valueOf(e.getMessage()), "delete the key", e);
        }
    }
}
