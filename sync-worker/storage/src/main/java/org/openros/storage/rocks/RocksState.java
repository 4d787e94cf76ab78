// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.Position;
import org.openros.storage.RealmHead;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.WriteSet;
import org.openros.storage.commit.HashedState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The applied state in RocksDB: each batch with its position, so that a restart knows where to go on. */
final class RocksState implements HashedState.Freezable {
    private static final Logger log = LoggerFactory.getLogger(RocksState.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final CountDownLatch ending = new CountDownLatch(1);
    private final StateDatabase db;
    private final RealmDirectory directory;
    private int lastNumber;
    private volatile Position applied;
    private volatile EpochTable epochs;

    RocksState(StateDatabase db, UUID content) {
        this.db = db;
        this.directory = new RealmDirectory(db);
        this.lastNumber = directory.lastNumber();
        byte[] position = db.get(Family.META, Keys.APPLIED);
        this.applied = position == null ? Position.START : Values.position(position);
        byte[] table = db.get(Family.META, Keys.EPOCHS);
        this.epochs = table == null ? EpochTable.EMPTY : Values.epochs(table);
        claim(content);
    }

    private void claim(UUID content) {
        byte[] id = Values.of(content);
        byte[] owner = db.get(Family.META, Keys.CONTENT);
        if (owner == null && applied.seq() == 0) {
            db.write(batch -> batch.put(Family.META, Keys.CONTENT, id));
        } else if (owner == null || !Arrays.equals(owner, id)) {
            throw new StorageException(
                    Reason.CORRUPT, "the state is of another store: restore the whole folder from one backup", null);
        }
    }

    RealmDirectory directory() {
        return directory;
    }

    /** The position that readers see. */
    @Override
    public Position applied() {
        return applied;
    }

    @Override
    public HashedState.Picture freeze() {
        return new StatePicture(db.view());
    }

    /** Which epoch wrote what, up to the applied position. */
    EpochTable epochs() {
        return epochs;
    }

    @Override
    public RealmHead head(RealmPath realm) {
        RealmSlot slot = directory.find(realm);
        return slot == null ? RealmHead.EMPTY : slot.head();
    }

    /**
     * As the interface says.
     *
     * @param writeSets of consecutive entries of one epoch; none for an entry that changes nothing
     */
    @Override
    public void apply(List<WriteSet> writeSets, Position through) {
        StateChange change = write(writeSets, through);
        if (change == null) {
            log.warn("Commits wait for room on the disk, to write the state");
            while (change == null) {
                change = write(writeSets, through);
            }
            log.info("Commits go on, the state was written");
        }
        directory.remember(change.slots(), change.erased());
        lastNumber = change.lastNumber();
        epochs = epochs(writeSets, through);
        applied = through;
    }

    private EpochTable epochs(List<WriteSet> writeSets, Position through) {
        return epochs.with(through.epoch(), through.seq() - Math.max(0, writeSets.size() - 1));
    }

    /**
     * Applies write sets, or waits a while for room on the disk and returns null: they are in the log, so there is no
     * way back.
     */
    private @Nullable StateChange write(List<WriteSet> writeSets, Position through) {
        StateChange change = new StateChange(db, directory, lastNumber);
        EpochTable table = epochs(writeSets, through);
        try {
            db.write(batch -> {
                change.translate(writeSets, batch);
                batch.put(Family.META, Keys.APPLIED, Values.of(through));
                if (!table.equals(epochs)) {
                    batch.put(Family.META, Keys.EPOCHS, Values.of(table));
                }
            });
            return change;
        } catch (StorageException e) {
            if (e.reason() != Reason.DISK_FULL || isEndingAfterAWhile()) {
                throw e;
            }
            return null;
        }
    }

    private boolean isEndingAfterAWhile() {
        try {
            return ending.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Nothing waits for room from now on; what is in the log is applied at the next opening. */
    void stopWaiting() {
        ending.countDown();
    }
}
