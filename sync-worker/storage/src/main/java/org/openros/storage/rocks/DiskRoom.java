// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.openros.storage.DiskFailure;

/** Asks the file system how many bytes are left. */
record DiskRoom(FileStore disk) implements LongSupplier {
    static DiskRoom of(Path path) {
        try {
            return new DiskRoom(Files.getFileStore(path));
        } catch (IOException e) {
            throw DiskFailure.of("the disk of " + path + " cannot be asked for its room", e);
        }
    }

    @Override
    public long getAsLong() {
        try {
            return disk.getUsableSpace();
        } catch (IOException e) {
            throw DiskFailure.of("the disk cannot be asked for its room", e);
        }
    }
}
