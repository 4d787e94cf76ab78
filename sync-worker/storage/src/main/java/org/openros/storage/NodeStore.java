// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.RealmPath;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;

/**
 * The disk of one node of a group: its identity, its log, and the state that committed entries add up to. It follows
 * until {@link #lead} is called, and again after what that returned is closed. One thread at a time may call the
 * methods that change something, unless said otherwise; they block for the disk. A thread that is interrupted in one of
 * them may leave a log that does not go on until the store is opened anew.
 */
public interface NodeStore extends AutoCloseable {
    /** Who this disk is. Any thread. */
    StoreIdentity identity();

    /** Binds a new disk to a group's lineage, or to the lineage of a checkpoint; durable when it returns. */
    void adopt(StoreIdentity identity);

    /** No frame of a lower epoch is accepted (group protocol, rules 5 and 6). Any thread. */
    Epoch promisedEpoch();

    /** Raises the promise; durable when it returns. A lower one changes nothing. */
    void promise(Epoch epoch);

    /** Which epoch wrote what, as far back as the state goes. Any thread. */
    EpochTable epochs();

    /** The newest durable entry. Any thread. */
    Position last();

    /** The newest entry known to be committed that {@link #apply} or a leader has applied to the state. Any thread. */
    Position applied();

    /**
     * The position of an entry, or null if the log does not have it any more; {@link Position#START} for 0. Any thread.
     */
    @Nullable Position position(long seq);

    /** Reads the log, newest entries from memory. The log keeps them while the reader may need them. Any thread. */
    LogTail tail();

    /**
     * Keeps all entries behind a number, because members need them (group protocol, rule 16); until it is called, and
     * after {@link #install}, nobody needs any. More is kept for others as far as the options of the store allow. Any
     * thread.
     */
    void retainBehind(long seq);

    /**
     * Appends entries of a master. Durable when it returns.
     *
     * @param entries continue the log without a gap
     * @throws StorageException with {@code REJECTED} if they do not continue the log or a hash does not fit; nothing
     *     was kept then. With {@code DISK_FULL} if nothing was kept and the call may be repeated
     */
    void append(List<LogEntry> entries);

    /**
     * Cuts all entries behind a number off. Durable when it returns: a restart does not find them again.
     *
     * @param seq not below {@link #applied()}
     */
    void cut(long seq);

    /**
     * Applies entries up to a number, which the group has committed; returns once they are in the state. Another thread
     * may append meanwhile.
     */
    void apply(long seq);

    /**
     * Begins to write as master of an epoch. The first entry is a no-op at that epoch, which is submitted by this call:
     * what was inherited is committed and applied with it. The gate may be called before this returns, on this thread.
     *
     * @param epoch not below the promised one, which it becomes, and above the newest entry's
     * @param gate decides when entries are committed
     * @throws StorageException if the no-op cannot be written; the store follows then
     */
    Leading lead(Epoch epoch, CommitGate gate);

    /** All that is applied of a realm at this instant, whether this node leads or follows. Any thread. */
    RealmSnapshot snapshot(RealmPath realm);

    /** Makes a checkpoint of the state and tells the files of it. The files stay until it is closed. Any thread. */
    StoreCheckpoint checkpoint();

    /**
     * A folder on the store's disk to collect the files of another node's checkpoint in. It is kept over restarts, so
     * that a transfer can go on. Any thread.
     */
    Path receiving();

    /**
     * Puts a complete checkpoint of another node in the place of this store, which gets a new store id and the
     * checkpoint's lineage; the promise does not fall. A crash leaves either the old store or the new one.
     *
     * @param files folder on the same disk with the files that the manifest lists and no others; taken away
     * @throws StorageException with {@code CORRUPT} if they are not what the manifest says; the store is as it was then
     */
    void install(Path files, StoreCheckpoint.Manifest manifest);

    /**
     * The hash of the whole state at the entry with that number, once it has been applied: equal on nodes that hold the
     * same. Any thread; does not stop commits. Fails with {@code REJECTED} if more is applied already, or too many are
     * wanted, and with {@code CLOSED} if the store is closed or replaced before.
     */
    CompletableFuture<StateHash> stateHash(long seq);

    /** Stops, and marks a clean end. */
    @Override
    void close();
}
