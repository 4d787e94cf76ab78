// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.LockService;
import org.openros.replication.NodeSettings;
import org.openros.replication.link.ReplicationTls;
import org.openros.storage.NodeStore;

/**
 * What a node is made of.
 *
 * @param locks stays open
 * @param replication where it listens for the other nodes; port 0 takes a free one
 * @param advertise name or address of this machine, for the other nodes
 * @param tls null for connections without TLS
 * @param version of the software, for people
 */
public record NodeParts(
        NodeSettings settings,
        NodeStore store,
        LockService locks,
        Reigns reigns,
        URI replication,
        String advertise,
        @Nullable ReplicationTls tls,
        String version) {}
