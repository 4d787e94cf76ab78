// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster.group;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.Position;

/**
 * What a living node tells about itself; goes with its session. Everybody sees it late: it is for people, for first
 * starts and for finding addresses, and never a reason to promote or to acknowledge.
 *
 * @param store the node's data folder
 * @param emptyDisk whether the data folder has never had a log entry
 * @param replication where the other nodes of the group dial and probe: {@code grpc://host:port}; null if it has none
 * @param api base of the node's HTTP interface, without trailing slash
 * @param version of the software
 * @param role for people: {@code master}, {@code backup}, {@code spare}, {@code joining}, {@code quarantined}
 * @param epoch the highest that the node has promised
 * @param committed number of the last committed entry that the node knows of
 * @param last the end of the node's log
 * @param lag how many entries of the master the node does not have yet
 * @param formatLevel the highest level of logs that the node can read
 */
public record NodePresence(
        NodeId node,
        StoreId store,
        boolean emptyDisk,
        @Nullable URI replication,
        URI api,
        String version,
        String role,
        Epoch epoch,
        long committed,
        Position last,
        long lag,
        int formatLevel) {}
