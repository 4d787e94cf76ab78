// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.disk;

import java.net.URI;
import java.util.List;
import org.openros.domain.Epoch;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.log.LogEntry;

/**
 * A request to the node's disk. The executor runs them one after the other in the order in which they were given, on
 * one thread, and answers each with a {@link DiskAnswer}, unless a request says otherwise. There is no timeout: a disk
 * may be slow.
 */
public sealed interface DiskRequest {
    /** Binds the disk to a lineage, durably. Answer: {@link DiskAnswer.Done}. */
    record Adopt(Lineage lineage) implements DiskRequest {}

    /** Raises the promise, durably (rule 6). Answer: {@link DiskAnswer.Done}. */
    record Promise(Epoch epoch) implements DiskRequest {}

    /**
     * Appends entries of a master (rule 7). Requests of this kind that wait one behind the other are to be done in one
     * write and one fsync; only the last of them is answered then. Answer: {@link DiskAnswer.Done} after the fsync.
     * After a failure those that wait are answered with the same failure.
     */
    record Append(List<LogEntry> entries) implements DiskRequest {}

    /** Cuts all entries behind a number off, durably. Answer: {@link DiskAnswer.Done}. */
    record Cut(long seq) implements DiskRequest {}

    /**
     * Applies entries up to a number to the state, in the background: appending goes first, a later request replaces
     * one that waits, and {@link Lead} and {@link Cut} make it unnecessary or wait for it. Only a failure is answered.
     */
    record Apply(long seq) implements DiskRequest {}

    /** Looks an entry up; may run out of turn, on any thread. Answer: {@link DiskAnswer.Located}. */
    record Locate(long seq) implements DiskRequest {}

    /**
     * Begins to write as master of an epoch ({@code NodeStore.lead}), which appends a no-op. From now on flushes are
     * reported as {@code Durable} events, and {@code Established} when the no-op is committed and applied. Answer:
     * {@link DiskAnswer.Done} with the disk as it was before the no-op: what was inherited.
     */
    record Lead(Epoch epoch) implements DiskRequest {}

    /**
     * Ends the reign on this disk: pending commits fail, what was written is flushed. No {@code Durable} event of the
     * reign comes after the answer. Answer: {@link DiskAnswer.Done}. May be given before {@link Lead} was answered.
     */
    record EndLead(Epoch epoch) implements DiskRequest {}

    /**
     * Fetches a checkpoint from a node over a connection of its own and puts it in the place of this store. The
     * fetching keeps no other request waiting; none is given that changes the disk. Answer: {@link DiskAnswer.Done}
     * with the new store id, or {@link DiskAnswer.Failed}, and the old store stays.
     */
    record TakeCheckpoint(NodeId from, URI at, Epoch epoch) implements DiskRequest {}
}
