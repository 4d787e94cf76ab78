// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.Role;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.GroupSnapshot.Presence;

/**
 * Signs that the lock service was put back to an earlier state of the epoch that the disks have promised (group
 * protocol, "Consul outage"). Its record may name a node as a member that lacks what was committed since: nobody is
 * promoted by it.
 */
final class Restoring {
    private Restoring() {}

    /** Keeps the newest record. */
    static void remember(State state, GroupSnapshot group) {
        GroupRecord record = group.record();
        if (record != null && !wentBack(state, record, group.recordIndex())) {
            state.newest = record;
            state.newestIndex = group.recordIndex();
        }
    }

    /** What speaks for it in what a consistent read showed, or null. */
    static @Nullable String evidence(State state, GroupSnapshot group) {
        GroupRecord record = group.record();
        if (record != null && state.newest != null && wentBack(state, record, group.recordIndex())) {
            return "the record names the members " + record.nodes() + " of epoch " + record.epoch() + ", and "
                    + state.newest.nodes()
                    + " of epoch " + state.newest.epoch() + " came after it";
        }
        return lack(state, group);
    }

    /** A record that an operator wrote has no master, and is believed. */
    private static boolean wentBack(State state, GroupRecord record, long index) {
        GroupRecord newest = state.newest;
        if (newest == null || record.master() == null || !record.lineage().equals(newest.lineage())) {
            return false;
        }
        int order = record.epoch().compareTo(newest.epoch());
        return order < 0 || (order == 0 && index < state.newestIndex && !record.members().equals(newest.members()));
    }

    /**
     * Who knows more to be committed than this disk has, though the record names it as a member; null if nobody does.
     * What was committed before a node became a member was on its disk by then, and what came later has its
     * acknowledgement (rules 8, 9).
     */
    static @Nullable String lack(State state, GroupSnapshot group) {
        GroupRecord record = group.record();
        if (record == null || !(state.duty instanceof Follow) || !record.isMember(state.self())) {
            return null;
        }
        long last = state.disk.last().seq();
        for (Presence presence : group.nodes()) {
            NodeReport report = presence.report();
            boolean other = !report.node().equals(state.settings.node()) && report.role() != Role.QUARANTINED;
            if (other && record.lineage().equals(report.lineage()) && report.commitSeq() > last) {
                return "the record names this disk as a member, which ends at " + last + ", and node " + report.node()
                        + " knows everything up to " + report.commitSeq() + " to be committed";
            }
        }
        return null;
    }
}
