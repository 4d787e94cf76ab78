// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.List;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException;

/**
 * The log that write sets go to before anything else sees them. Used by one thread at a time unless said otherwise.
 */
public interface CommitLog extends AutoCloseable {
    /** The position of the newest entry. */
    Position last();

    /**
     * Appends entries and returns once all of them are durable. They may survive a crash in part (always a first
     * part) if it has not returned.
     *
     * @param payloads at least one; not modified later
     * @return the position of the last one
     * @throws StorageException with {@code DISK_FULL} if nothing was kept and the call may be repeated; with any
     *     other reason if the log cannot be used any more, and what became of the entries shows at the next opening
     */
    Position append(List<byte[]> payloads);

    /**
     * Walks the entries above a sequence number, in order.
     *
     * @throws StorageException if entries from there on are missing or damaged
     */
    void replay(long afterSeq, EntryVisitor visitor);

    /** Allows to drop entries up to a sequence number, which the applied state has made durable. Any thread. */
    void release(long throughSeq);

    /** Releases the files. Idempotent. */
    @Override
    void close();

    /** Receives log entries. */
    @FunctionalInterface
    interface EntryVisitor {
        /** Takes the next entry. */
        void visit(Position position, byte[] payload);
    }
}
