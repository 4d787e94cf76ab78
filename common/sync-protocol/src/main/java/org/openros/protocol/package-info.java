// SPDX-License-Identifier: Apache-2.0
/**
 * The messages of the sync protocol in both directions, the negotiation of its version, and the errors that a client
 * survives. Plain bytes in and out: no sockets, no threads, no state beyond a message.
 */
@NullMarked
package org.openros.protocol;

import org.jspecify.annotations.NullMarked;
