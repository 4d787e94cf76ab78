// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

/**
 * What is known of a session before its first message.
 *
 * @param protocolVersion negotiated, 1 to 14
 * @param connection identifies the client's connection among all connections
 * @param mayWrite whether uploads with changes are allowed
 */
public record SessionTerms(int protocolVersion, String connection, boolean mayWrite) {}
