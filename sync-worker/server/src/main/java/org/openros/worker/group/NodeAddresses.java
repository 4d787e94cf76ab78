// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.net.URI;

/**
 * Where a node is reached.
 *
 * @param link where gateways open session streams
 * @param api base of its HTTP interface, without trailing slash
 * @param replication where the other nodes of its group dial and probe it
 */
public record NodeAddresses(URI link, URI api, URI replication) {}
