// SPDX-License-Identifier: Apache-2.0
/**
 * What a group keeps in the lock service: its record, the leader key and the presence of nodes (group protocol, "What
 * is stored").
 */
@NullMarked
package org.openros.cluster.group;

import org.jspecify.annotations.NullMarked;
