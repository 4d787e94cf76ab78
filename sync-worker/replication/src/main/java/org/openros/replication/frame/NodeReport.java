// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.frame;

import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.Position;

/**
 * What a node says of itself: as its presence in the lock service, and in answer to a probe.
 *
 * @param incarnation random number of the process; two processes with one node name differ in it
 * @param role what it is now
 * @param epoch of the master that it is or follows; {@link Epoch#NONE} if neither
 * @param lineage null if its disk is new
 * @param promised it accepts no frame of a lower epoch
 * @param last its newest durable entry
 * @param commitSeq it knows that everything up to there is committed
 * @param formatLevel newest level of log entries that it can read
 */
public record NodeReport(
        GroupId group,
        NodeId node,
        StoreId store,
        long incarnation,
        Role role,
        Epoch epoch,
        @Nullable Lineage lineage,
        Epoch promised,
        Position last,
        long commitSeq,
        int formatLevel) {}
