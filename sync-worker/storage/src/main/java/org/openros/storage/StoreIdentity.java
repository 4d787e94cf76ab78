// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import org.jspecify.annotations.Nullable;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;

/**
 * Who a disk is (group protocol, "What is stored").
 *
 * @param lineage null until the disk belongs to a group's history; such a disk is empty
 */
public record StoreIdentity(GroupId group, NodeId node, StoreId store, @Nullable Lineage lineage) {}
