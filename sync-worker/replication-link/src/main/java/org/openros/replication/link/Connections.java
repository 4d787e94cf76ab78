// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.openros.replication.frame.ConnectionId;

/** The connections of a node by name. Thread-safe. */
final class Connections {
    private final Map<ConnectionId, Connection> byId = new ConcurrentHashMap<>();

    /** Adds one; false if the name is taken. */
    boolean add(Connection connection) {
        return byId.putIfAbsent(connection.id(), connection) == null;
    }

    @Nullable Connection find(ConnectionId id) {
        return byId.get(id);
    }

    void remove(Connection connection) {
        byId.values().remove(connection);
    }

    Collection<Connection> all() {
        return byId.values();
    }
}
