// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.jspecify.annotations.Nullable;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.lock.LockRequest;

/**
 * Keeps the node's presence in the lock service: at once when its role changes, and now and then when its positions do.
 */
final class Announcing {
    private Announcing() {}

    static void tick(Turn turn) {
        State state = turn.state;
        String session = state.lease.session();
        if (session == null || state.group == null || state.announcing || !mayShowItself(state)) {
            return;
        }
        NodeReport report = StatusView.report(state);
        NodeReport before = state.announced;
        if (report.equals(before) || (turn.now < state.announceAt && before != null && isLike(report, before))) {
            return;
        }
        state.announcing = true;
        state.announceAt = turn.now + turn.timing().announceEvery().toNanos();
        turn.ask(new LockRequest.Announce(session, report), new Errand.Announce(report));
    }

    /** A node that may not use this name or prefix must not overwrite what the right one says there. */
    private static boolean mayShowItself(State state) {
        Refusal refusal = state.refusal;
        return state.twin == null && (refusal == null || switch (refusal.reason()) {
            case WRONG_GROUP, WRONG_NODE, UNKNOWN_NODE, OTHER_CLUSTER, DUPLICATE_NODE -> false;
            case NOT_MASTER, WRONG_LINEAGE, CLONED_DISK, RECORD_MISSING, RECORD_OLD, FORMAT_TOO_OLD -> true;
        });
    }

    private static boolean isLike(NodeReport report, NodeReport before) {
        return report.role() == before.role() && report.epoch().equals(before.epoch())
                && report.store().equals(before.store()) && isSame(report.lineage(), before.lineage());
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        return one == null ? other == null : one.equals(other);
    }

    static void announced(Turn turn, Errand.Announce announce, LockAnswer answer) {
        turn.state.announcing = false;
        if (answer instanceof LockAnswer.Done) {
            turn.state.announced = announce.report();
        } else {
            turn.state.announceAt = turn.now + turn.timing().retryEvery().toNanos();
        }
    }
}
