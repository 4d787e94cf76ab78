// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import java.util.List;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException;
import org.openros.storage.commit.CommitLog;

/** A log that keeps no entries: what is applied stays as long as the process does. */
final class VolatileLog implements CommitLog {
    private final ChainHash.Chain chain = new ChainHash.Chain();
    private volatile boolean full;
    private volatile Position last = Position.START;

    void setFull(boolean full) {
        this.full = full;
    }

    @Override
    public Position append(List<byte[]> payloads) {
        if (full) {
            throw new StorageException(StorageException.Reason.DISK_FULL, "the disk is full by request", null);
        }
        Position position = last;
        for (byte[] payload : payloads) {
            long seq = position.seq() + 1;
            ChainHash hash = chain.next(position.hash(), position.epoch().value(), seq, payload);
            position = new Position(position.epoch(), seq, hash);
        }
        last = position;
        return position;
    }
}
