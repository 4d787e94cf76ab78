// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.nio.file.Path;
import java.util.UUID;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.StoreCheckpoint;

/** How far the state in a checkpoint has come. */
record CheckpointedState(Position position, EpochTable epochs) {
    static CheckpointedState read(Path folder, StorageOptions options) {
        try (StateDatabase db = StateDatabase.openReadOnly(folder, options)) {
            return of(db);
        }
    }

    private static CheckpointedState of(StateDatabase db) {
        byte[] position = db.get(Family.META, Keys.APPLIED);
        byte[] epochs = db.get(Family.META, Keys.EPOCHS);
        return new CheckpointedState(
                position == null ? Position.START : Values.position(position),
                epochs == null ? EpochTable.EMPTY : Values.epochs(epochs));
    }

    /**
     * Makes the state in a folder belong to another content.
     *
     * @throws StorageException with {@code CORRUPT} if it is not the state that the manifest tells of
     */
    static void claim(Path folder, StoreCheckpoint.Manifest manifest, UUID content, StorageOptions options) {
        try (StateDatabase db = StateDatabase.open(folder, options)) {
            CheckpointedState found = of(db);
            if (!found.equals(new CheckpointedState(manifest.position(), manifest.epochs()))) {
                throw new StorageException(
                        Reason.CORRUPT, "the checkpoint in " + folder + " is at " + found.position() + " and not at "
                                + manifest.position() + ": fetch it again", null);
            }
            db.write(batch -> batch.put(Family.META, Keys.CONTENT, Values.of(content)));
            db.flush();
        }
    }
}
