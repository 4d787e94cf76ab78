// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;

/**
 * Who speaks, and where it listens.
 *
 * @param listen {@code grpc://host:port}, where port 0 takes a free one ({@code ros.worker.replication.listen})
 * @param tls null for connections without TLS ({@code ros.worker.replication.tls.*})
 */
public record LinkSettings(GroupId group, NodeId node, URI listen, @Nullable ReplicationTls tls) {}
