// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

/**
 * What has to be known of a message to pass it on.
 *
 * @param session the session that the message belongs to, at least 1; 0 for {@link ClientMessageType#PING}
 */
public record MessageRoute(ClientMessageType type, long session) {}
