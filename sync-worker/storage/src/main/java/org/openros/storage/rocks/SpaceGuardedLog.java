// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.util.List;
import java.util.function.LongSupplier;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.commit.CommitLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes entries only while the disk has room in reserve. What the log has, the state must be able to write too; by
 * then it would be too late to refuse it.
 */
final class SpaceGuardedLog implements CommitLog {
    private static final Logger log = LoggerFactory.getLogger(SpaceGuardedLog.class);

    private final CommitLog guarded;
    private final LongSupplier usableSpace;
    private final long reserve;
    private final Checkpointer checkpointer;
    private boolean full;

    SpaceGuardedLog(CommitLog guarded, LongSupplier usableSpace, long reserve, Checkpointer checkpointer) {
        this.guarded = guarded;
        this.usableSpace = usableSpace;
        this.reserve = reserve;
        this.checkpointer = checkpointer;
    }

    @Override
    public Position last() {
        return guarded.last();
    }

    @Override
    public Position append(List<byte[]> payloads) {
        try {
            refuseWithoutRoom();
            Position position = guarded.append(payloads);
            checkpointer.logged(payloads.stream().mapToLong(payload -> payload.length).sum());
            noteFull(false);
            return position;
        } catch (StorageException e) {
            noteFull(e.reason() == Reason.DISK_FULL);
            throw e;
        }
    }

    private void refuseWithoutRoom() {
        long room = usableSpace.getAsLong();
        if (room < reserve) {
            throw new StorageException(
                    Reason.DISK_FULL,
                    "the disk has " + room + " bytes left, and " + reserve + " are kept in reserve: free some space",
                    null);
        }
    }

    private void noteFull(boolean now) {
        if (now != full) {
            full = now;
            if (now) {
                log.warn("Commits fail: the disk is full");
            } else {
                log.info("Commits go on: the disk has room again");
            }
        }
    }

    @Override
    public void replay(long afterSeq, EntryVisitor visitor) {
        guarded.replay(afterSeq, visitor);
    }

    @Override
    public void release(long throughSeq) {
        guarded.release(throughSeq);
    }

    @Override
    public void close() {
        guarded.close();
    }
}
