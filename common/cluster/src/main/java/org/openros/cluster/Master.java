// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;

/**
 * The worker that holds the lock of a group, and where it is reached.
 *
 * @param node name of the node
 * @param link where gateways open session streams: {@code grpc://host:port} or {@code inprocess:name}
 * @param api base of the worker's HTTP interface, without trailing slash
 * @param replication where the other nodes of the group dial: {@code grpc://host:port}; null if it has no other nodes
 */
public record Master(
        GroupId group, Epoch epoch, String node, URI link, URI api, @Nullable URI replication) {}
