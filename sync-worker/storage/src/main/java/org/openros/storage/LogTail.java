// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.List;
import org.openros.domain.log.LogEntry;

/** Reads a log that grows. Thread-safe; several readers at different places are cheap. */
public interface LogTail {
    /**
     * The entries behind a number, in order. An entry may be written and not yet flushed.
     *
     * @param maxBytes sum of the payloads; at least one entry is returned if there is one
     * @return empty if there is none yet
     * @throws StorageException with {@code CORRUPT} if entries from there on were released
     */
    List<LogEntry> read(long afterSeq, long maxBytes);

    /** Whether all entries behind a number are still there. */
    boolean has(long afterSeq);
}
