// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.lock;

import java.time.Duration;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.Epoch;
import org.openros.replication.frame.NodeReport;

/**
 * A request to the lock service. The executor runs each with a timeout of 2 s of its own, never one behind another (a
 * renewal must not wait), and answers each exactly once with a {@link LockAnswer}; it repeats nothing by itself. The
 * machine sends the next request of a sequence only after the answer to the one before.
 */
public sealed interface LockRequest {
    /** Opens a session for presence and lock. Answer: {@link LockAnswer.Opened}. */
    record OpenSession(Duration ttl) implements LockRequest {}

    /** Answer: {@link LockAnswer.Done}, or {@link LockAnswer.Refused} if the session does not exist any more. */
    record RenewSession(String session) implements LockRequest {}

    /** Ends a session, perhaps of another node (assisted takeover). Answer: {@link LockAnswer.Done}. */
    record DestroySession(String session) implements LockRequest {}

    /** Reads the whole prefix, confirmed by the service's leader. Answer: {@link LockAnswer.Read}. */
    record ReadGroup() implements LockRequest {}

    /**
     * First start: one compare-and-set of {@code record} with index 0. Answer: {@link LockAnswer.Done}, or
     * {@link LockAnswer.Refused} if there is a record.
     */
    record CreateRecord(GroupRecord record) implements LockRequest {}

    /**
     * Promotion (rule 2), one transaction: lock {@code leader} with the session, the value being this node's addresses
     * and the record's epoch; compare-and-set {@code record} at the index; put {@code history/<epoch>}. Answer:
     * {@link LockAnswer.Done} with the record's new index, {@link LockAnswer.Refused}, or in doubt.
     *
     * @param record with the raised epoch and this node as master
     */
    record Promote(String session, GroupRecord record, long recordIndex) implements LockRequest {}

    /**
     * Change of the record by its master (rules 10 and 12), one transaction: check that the session holds
     * {@code leader}; compare-and-set {@code record} at the index. Answers as for {@link Promote}.
     */
    record ChangeRecord(String session, GroupRecord record, long recordIndex) implements LockRequest {}

    /**
     * Operator's change of a record without a master, one transaction: compare-and-set {@code record} at its index and
     * {@code orders} at its. Answers as for {@link Promote}; {@link LockAnswer.Done} has the index of both.
     */
    record ReplaceRecord(GroupRecord record, long recordIndex, Orders orders, long ordersIndex)
            implements LockRequest {}

    /** Compare-and-set of {@code orders}. Answer: {@link LockAnswer.Done} or {@link LockAnswer.Refused}. */
    record ChangeOrders(Orders orders, long ordersIndex) implements LockRequest {}

    /** Gives {@code leader} back, the value stays. Answer: {@link LockAnswer.Done} or {@link LockAnswer.Refused}. */
    record Unlock(String session) implements LockRequest {}

    /**
     * Writes {@code nodes/<id>}, bound to the session. Answer: {@link LockAnswer.Done}, or {@link LockAnswer.Refused}
     * if the session is gone or another one holds the key.
     */
    record Announce(String session, NodeReport report) implements LockRequest {}

    /** Puts {@code status}: committed so far. Answer: {@link LockAnswer.Done}. */
    record PublishStatus(Epoch epoch, long commitSeq) implements LockRequest {}
}
