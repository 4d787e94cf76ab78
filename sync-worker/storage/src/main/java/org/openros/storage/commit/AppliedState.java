// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.List;
import org.openros.domain.RealmPath;
import org.openros.domain.log.Position;
import org.openros.storage.RealmHead;
import org.openros.storage.StorageException;
import org.openros.storage.WriteSet;

/** What committed write sets add up to. */
public interface AppliedState {
    /** How far a realm has come. Any thread. */
    RealmHead head(RealmPath realm);

    /**
     * Applies committed write sets, which are known to be in the log. Readers see each of them as a whole. Called by
     * one thread at a time; may wait for room on the disk.
     *
     * @param through position of the last one
     * @throws StorageException if the state cannot be changed any more
     */
    void apply(List<WriteSet> writeSets, Position through);
}
