// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.disk;

import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.Position;

/**
 * What a node's disk holds at one moment: all of it fsynced.
 *
 * @param lineage null until the disk belongs to a group's history; such a disk is empty
 * @param promised no frame of a lower epoch is accepted
 * @param epochs which epoch wrote what
 * @param last newest entry
 * @param appliedSeq number of the newest entry in the state, which was committed
 * @param damage why the log cannot be trusted, for people; null if it can
 */
public record DiskView(
        GroupId group,
        NodeId node,
        StoreId store,
        @Nullable Lineage lineage,
        Epoch promised,
        EpochTable epochs,
        Position last,
        long appliedSeq,
        @Nullable String damage) {
    /** Whether it never belonged to a group. */
    public boolean isNew() {
        return lineage == null;
    }
}
