// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.util.ArrayList;
import java.util.List;
import org.openros.domain.Epoch;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.LogTail;
import org.openros.storage.StorageException;

/** A log in memory. */
final class FakeLog implements LogTail {
    private final ChainHash.Chain chain = new ChainHash.Chain();
    private final List<LogEntry> entries = new ArrayList<>();
    private ChainHash hash = ChainHash.START;
    private long released;

    /** Appends an entry and returns its number. */
    synchronized long append(Epoch epoch, byte[] payload) {
        long seq = entries.size() + 1L;
        hash = chain.next(hash, epoch.value(), seq, payload);
        entries.add(new LogEntry(new Position(epoch, seq, hash), payload));
        return seq;
    }

    /** Forgets entries up to a number. */
    synchronized void release(long seq) {
        released = seq;
    }

    synchronized long last() {
        return entries.size();
    }

    @Override
    public synchronized List<LogEntry> read(long afterSeq, long maxBytes) {
        if (afterSeq < released) {
            throw new StorageException(StorageException.Reason.CORRUPT, "entries were released", null);
        }
        List<LogEntry> read = new ArrayList<>();
        long bytes = 0;
        for (int i = (int) afterSeq; i < entries.size(); i++) {
            bytes += entries.get(i).payload().length;
            if (bytes > maxBytes && !read.isEmpty()) {
                break;
            }
            read.add(entries.get(i));
        }
        return read;
    }

    @Override
    public synchronized boolean has(long afterSeq) {
        return afterSeq >= released;
    }
}
