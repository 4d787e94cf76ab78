// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import java.util.ArrayList;
import java.util.List;
import org.openros.domain.RealmPath;
import org.openros.domain.log.LogEntry;
import org.openros.storage.NodeStore;
import org.openros.storage.Write;
import org.openros.storage.commit.WriteSetCodec;

/** Reads from the log of the group what happened to one realm. Thread-safe; blocks for the disk. */
final class RealmTail {
    private static final long READ_BYTES = 1 << 20;

    /** One call reads so many entries of other realms at most. */
    private static final long SCAN_BYTES = 32L << 20;

    private final NodeStore store;

    RealmTail(NodeStore store) {
        this.store = store;
    }

    /**
     * What happened.
     *
     * @param through all of it up to that entry of the log
     * @param committed the newest committed entry, when this was read
     */
    record Part(List<Write> writes, long through, long committed) {}

    /** The newest committed entry that this node has applied. */
    long committed() {
        return store.applied().seq();
    }

    /** Whether all behind an entry is still in the log. */
    boolean has(long after) {
        return after >= committed() || store.tail().has(after);
    }

    /** What was committed behind an entry. */
    Part read(RealmPath realm, long after, long maxBytes) {
        long committed = committed();
        long through = after;
        long scanned = 0;
        long taken = 0;
        List<Write> writes = new ArrayList<>();
        while (through < committed && scanned < SCAN_BYTES && taken < maxBytes) {
            for (LogEntry entry : store.tail().read(through, READ_BYTES)) {
                if (entry.position().seq() > committed || taken >= maxBytes) {
                    break;
                }
                through = entry.position().seq();
                scanned += entry.payload().length;
                if (WriteSetCodec.isOf(realm, entry.payload())) {
                    taken += entry.payload().length;
                    writes.addAll(WriteSetCodec.decode(entry.payload()).writes());
                }
            }
        }
        return new Part(writes, through, committed);
    }
}
