// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.openros.domain.RealmPath;
import org.openros.storage.RealmHead;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.WriteSet;
import org.openros.storage.commit.AppliedState;
import org.openros.storage.commit.Position;

/** The applied state in RocksDB: each batch with its position, so that a restart knows where to go on. */
final class RocksState implements AppliedState {
    private final StateDatabase db;
    private final RealmDirectory directory;
    private int lastNumber;
    private volatile Position applied;

    RocksState(StateDatabase db, UUID store) {
        this.db = db;
        this.directory = new RealmDirectory(db);
        this.lastNumber = directory.lastNumber();
        byte[] position = db.get(Family.META, Keys.APPLIED);
        this.applied = position == null ? Position.START : Values.position(position);
        claim(store);
    }

    private void claim(UUID store) {
        byte[] id = Values.of(store);
        byte[] owner = db.get(Family.META, Keys.STORE);
        if (owner == null && applied.seq() == 0) {
            db.write(batch -> batch.put(Family.META, Keys.STORE, id));
        } else if (owner == null || !Arrays.equals(owner, id)) {
            throw new StorageException(
                    Reason.CORRUPT, "the state is of another store: restore the whole folder from one backup", null);
        }
    }

    RealmDirectory directory() {
        return directory;
    }

    /** The position that readers see. */
    Position applied() {
        return applied;
    }

    @Override
    public RealmHead head(RealmPath realm) {
        RealmSlot slot = directory.find(realm);
        return slot == null ? RealmHead.EMPTY : slot.head();
    }

    @Override
    public void apply(List<WriteSet> writeSets, Position through) {
        StateChange change = new StateChange(db, directory, lastNumber);
        db.write(batch -> {
            change.translate(writeSets, batch);
            batch.put(Family.META, Keys.APPLIED, Values.of(through));
        });
        directory.remember(change.slots());
        lastNumber = change.lastNumber();
        applied = through;
    }
}
