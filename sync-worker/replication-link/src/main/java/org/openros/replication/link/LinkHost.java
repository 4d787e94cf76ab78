// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

/** The node that a {@link ReplicationLink} belongs to: hears its connections, and answers calls of other nodes. */
public interface LinkHost extends LinkListener, ProbeResponder, CheckpointSource {}
