// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.operator;

import org.openros.domain.Lineage;

/** What an operator, or the process itself when it is to end, asks a node to do. */
public sealed interface Order {
    /** To the master: hand over to the backup. */
    record StepDown(String why) implements Order {}

    /** To any node: no takeover until {@link Resume}. */
    record Pause() implements Order {}

    /** To any node: takeovers again. */
    record Resume() implements Order {}

    /** To the master: make the spare the backup. */
    record ReplaceBackup() implements Order {}

    /**
     * To a node without a master in sight: become master with what its disk holds, whatever else was acknowledged.
     *
     * @param fresh a new random lineage
     */
    record ForcePromote(Lineage fresh, boolean acceptDataLoss) implements Order {}

    /** To any node, when the lock service lost the record: write it again from what the disks of all nodes hold. */
    record ReseedRecord() implements Order {}

    /** To any node, before its process ends: hand over, or ask to be replaced as member. */
    record PrepareStop() implements Order {}
}
