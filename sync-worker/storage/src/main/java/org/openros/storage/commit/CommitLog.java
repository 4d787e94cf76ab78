// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.List;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException;

/**
 * The log that write sets go to before anything else sees them, as a master writes it. Used by one thread at a time.
 */
public interface CommitLog {
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

    /** Appends the no-op that a reign begins with. It is so small that it may use the disk's reserve. */
    default Position appendNoOp() {
        return append(List.of(EntryCodec.noOp()));
    }
}
