// SPDX-License-Identifier: Apache-2.0
/**
 * The HTTP/2 adapter of replication: frames, probes and checkpoint files between the nodes of a group, as one gRPC
 * service. It moves what the role machine decides and decides nothing itself (docs/replication-link.md, "On the wire").
 */
@NullMarked
package org.openros.replication.link;

import org.jspecify.annotations.NullMarked;
