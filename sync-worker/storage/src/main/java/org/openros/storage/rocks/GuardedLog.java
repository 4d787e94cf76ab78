// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.util.List;
import java.util.function.LongSupplier;
import org.openros.domain.Epoch;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.CommitGate;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.commit.CommitLog;
import org.openros.storage.commit.EntryCodec;
import org.openros.storage.log.FileCommitLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes entries only while the disk has room in reserve. What the log has, the state must be able to write too; by
 * then it would be too late to refuse it. Used by one thread at a time.
 */
final class GuardedLog {
    private static final Logger log = LoggerFactory.getLogger(GuardedLog.class);

    private final FileCommitLog guarded;
    private final LongSupplier usableSpace;
    private final long reserve;
    private final Checkpointer checkpointer;
    private boolean full;

    GuardedLog(FileCommitLog guarded, LongSupplier usableSpace, long reserve, Checkpointer checkpointer) {
        this.guarded = guarded;
        this.usableSpace = usableSpace;
        this.reserve = reserve;
        this.checkpointer = checkpointer;
    }

    /** The log as the master of an epoch writes it, who tells the gate. */
    CommitLog of(Epoch epoch, CommitGate gate) {
        return new CommitLog() {
            @Override
            public Position append(List<byte[]> payloads) {
                long bytes = payloads.stream().mapToLong(payload -> payload.length).sum();
                guard(bytes, () -> guarded.append(epoch, payloads, gate::written));
                return durable();
            }

            @Override
            public Position appendNoOp() {
                guarded.append(epoch, List.of(EntryCodec.noOp()), gate::written);
                return durable();
            }

            private Position durable() {
                Position last = guarded.last();
                gate.durable(last);
                return last;
            }
        };
    }

    /** Appends entries of a master. The reserve has room for what reigns begin with: a full disk can be read from. */
    void append(List<LogEntry> entries) {
        if (entries.stream().allMatch(entry -> EntryCodec.isControl(entry.payload()))) {
            guarded.append(entries);
        } else {
            guard(entries.stream().mapToLong(entry -> entry.payload().length).sum(), () -> guarded.append(entries));
        }
    }

    private void guard(long bytes, Runnable append) {
        try {
            refuseWithoutRoom();
            append.run();
            checkpointer.logged(bytes);
            noteFull(false);
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
}
