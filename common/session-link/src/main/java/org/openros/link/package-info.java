// SPDX-License-Identifier: Apache-2.0
/**
 * The link between gateway and sync worker: one gRPC stream for each sync session, all of a gateway on one HTTP/2
 * connection, or on none inside one process. It brings multiplexing and flow control per session.
 */
@NullMarked
package org.openros.link;

import org.jspecify.annotations.NullMarked;
