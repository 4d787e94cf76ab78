// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.nio.file.Path;
import java.util.List;
import org.openros.domain.Epoch;
import org.openros.domain.Lineage;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.Position;

/** A copy of a store's state at one position, as files. Closing it removes them. */
public interface StoreCheckpoint extends AutoCloseable {
    /** Where the files lie. */
    Path folder();

    /** What they are. */
    Manifest manifest();

    @Override
    void close();

    /**
     * What a checkpoint holds.
     *
     * @param position of the last entry in the state, which was committed
     * @param epochs up to there
     * @param files all of them
     */
    record Manifest(Lineage lineage, Epoch promised, Position position, EpochTable epochs, List<File> files) {}

    /**
     * One file.
     *
     * @param name without folders
     * @param crc32c of its content
     */
    record File(String name, long size, int crc32c) {}
}
