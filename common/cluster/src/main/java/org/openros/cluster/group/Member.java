// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster.group;

import org.openros.domain.NodeId;
import org.openros.domain.StoreId;

/**
 * A node with the disk that counts (group protocol, rules 1 and 11).
 *
 * @param store the data folder that acknowledged; the same node with another one is not this member
 */
public record Member(NodeId node, StoreId store) {}
