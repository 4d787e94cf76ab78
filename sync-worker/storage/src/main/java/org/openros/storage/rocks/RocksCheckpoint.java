// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.openros.domain.Lineage;
import org.openros.storage.DiskFailure;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.StoreCheckpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.file.StandardOpenOption.READ;

/** Files of the state, linked into a folder of their own. */
record RocksCheckpoint(Path folder, Manifest manifest) implements StoreCheckpoint {
    private static final Logger log = LoggerFactory.getLogger(RocksCheckpoint.class);
    private static final int BUFFER = 256 << 10;

    /**
     * Makes one while the state goes on.
     *
     * @param under where the folder is made
     */
    static RocksCheckpoint make(Path under, StateDatabase db, StoreRecord store, StorageOptions options) {
        Lineage lineage = store.lineage();
        if (lineage == null) {
            throw new IllegalStateException("a store without a lineage has nothing to give");
        }
        Path folder = under.resolve(UUID.randomUUID().toString());
        try {
            Files.createDirectories(under);
            db.checkpoint(folder);
            List<String> names = new FileTree(folder).names();
            CheckpointedState state = CheckpointedState.read(folder, options);
            removeOthers(folder, names);
            List<File> files = describe(folder, names);
            return new RocksCheckpoint(
                    folder, new Manifest(lineage, store.promised(), state.position(), state.epochs(), files));
        } catch (IOException e) {
            remove(folder);
            throw DiskFailure.of("no checkpoint can be made in " + folder, e);
        } catch (StorageException e) {
            remove(folder);
            throw e;
        }
    }

    /** Reading the state left a file that tells of it. */
    private static void removeOthers(Path folder, List<String> names) throws IOException {
        for (String name : new FileTree(folder).names()) {
            if (!names.contains(name)) {
                Files.delete(folder.resolve(name));
            }
        }
    }

    private static List<File> describe(Path folder, List<String> names) throws IOException {
        List<File> files = new ArrayList<>();
        for (String name : names) {
            files.add(describe(folder.resolve(name)));
        }
        return files;
    }

    private static File describe(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try (FileChannel channel = FileChannel.open(file, READ)) {
            while (channel.read(buffer.clear()) >= 0) {
                crc.update(buffer.flip());
            }
            return new File(file.getFileName().toString(), channel.size(), (int) crc.getValue());
        }
    }

    /**
     * Checks that a folder holds what a manifest lists.
     *
     * @throws StorageException with {@code CORRUPT} if not
     */
    static void check(Path folder, Manifest manifest) throws IOException {
        List<String> listed = manifest.files().stream().map(File::name).sorted().toList();
        if (!new FileTree(folder).names().equals(listed)) {
            throw new StorageException(
                    Reason.CORRUPT, folder + " does not hold the files of the checkpoint: fetch it again", null);
        }
        for (File file : manifest.files()) {
            if (!describe(folder.resolve(file.name())).equals(file)) {
                throw new StorageException(
                        Reason.CORRUPT, folder.resolve(file.name()) + " was damaged on its way: fetch it again", null);
            }
        }
    }

    @Override
    public void close() {
        remove(folder);
    }

    private static void remove(Path folder) {
        try {
            new FileTree(folder).delete();
        } catch (IOException e) {
            log.warn("The checkpoint in {} cannot be removed, the next start tries again: {}", folder, e.toString());
        }
    }
}
