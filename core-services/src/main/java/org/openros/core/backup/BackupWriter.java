// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import org.openros.core.backup.Manifest.StoredRealm;
import org.openros.core.backup.RealmFile.Whole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes one backup under a name of its own, and gives it its name at the end, when everything is on the disk. One
 * thread. What is not finished is removed when it is closed.
 */
final class BackupWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackupWriter.class);

    /** So often it is looked whether there is room. */
    private static final long LOOK_BYTES = 4 << 20;

    private final Path folder;
    private final Path complete;
    private final Runnable requireRoom;
    private final JsonMapper json;
    private final FileOutputStream indexFile;
    private final DigestOutputStream index;
    private long files;
    private long realms;
    private long bytes;

    /**
     * Makes the folder.
     *
     * @param complete the name at the end
     * @param requireRoom throws when the disk is too full to go on
     */
    BackupWriter(Path folder, Path complete, Runnable requireRoom, JsonMapper json) throws IOException {
        this.folder = folder;
        this.complete = complete;
        this.requireRoom = requireRoom;
        this.json = json;
        Files.createDirectory(folder);
        protect(folder);
        Files.createDirectory(folder.resolve(BackupFolder.REALMS));
        indexFile = new FileOutputStream(folder.resolve(BackupFolder.INDEX).toFile());
        index = new DigestOutputStream(new BufferedOutputStream(indexFile), RealmFile.sha256());
    }

    /** The metadata has the hashes of passwords. */
    private static void protect(Path folder) {
        try {
            if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            LOG.warn("Others may be able to read {}: its permissions cannot be set: {}", folder, e.toString());
        }
    }

    /** The number that the next file has. */
    long nextNumber() {
        return files;
    }

    /**
     * Writes the next file, or writes it anew.
     *
     * @throws IOException if the stream breaks off, or is not as it has to be
     * @throws BackupException if the disk refuses
     */
    Whole write(InputStream in) throws IOException, InterruptedException {
        requireRoom.run();
        try (FileOutputStream file = open(BackupFolder.file(folder, files));
                OutputStream out = new BufferedOutputStream(new Guarded(file), 1 << 16)) {
            Whole whole = RealmFile.copy(in, out);
            sync(file, out);
            return whole;
        }
    }

    private static FileOutputStream open(Path file) {
        try {
            return new FileOutputStream(file.toFile());
        } catch (IOException e) {
            throw new BackupException("the backup cannot be written: " + e.getMessage(), e);
        }
    }

    private static void sync(FileOutputStream file, OutputStream out) {
        try {
            out.flush();
            file.getFD().sync();
        } catch (IOException e) {
            throw new BackupException("the backup cannot be written: " + e.getMessage(), e);
        }
    }

    /** Adds the file that was written last. */
    void add(StoredRealm realm) {
        try {
            index.write((json.writeValueAsString(realm) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new BackupException("the backup cannot be written: " + e.getMessage(), e);
        }
        files++;
        bytes += realm.bytes();
        realms += realm.kind() == Manifest.Kind.REALM ? 1 : 0;
    }

    /** What is known at the end. */
    interface Ending {
        /** The manifest. */
        Manifest manifest(long realms, long bytes, String index);
    }

    /** Makes everything durable and gives the backup its name. */
    Manifest finish(Ending ending) {
        try {
            sync(indexFile, index);
            Manifest manifest = ending.manifest(
                    realms, bytes, HexFormat.of().formatHex(index.getMessageDigest().digest()));
            byte[] text = (json.writerWithDefaultPrettyPrinter().writeValueAsString(manifest) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
            put(BackupFolder.MANIFEST_HASH, BackupFolder.hashLine(text).getBytes(StandardCharsets.UTF_8));
            put(BackupFolder.MANIFEST, text);
            syncFolder(folder.resolve(BackupFolder.REALMS));
            syncFolder(folder);
            Files.move(folder, complete, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(complete.resolveSibling("."));
            return manifest;
        } catch (IOException e) {
            throw new BackupException("the backup cannot be finished: " + e, e);
        }
    }

    private void put(String name, byte[] content) throws IOException {
        try (FileOutputStream file = new FileOutputStream(folder.resolve(name).toFile())) {
            file.write(content);
            file.getFD().sync();
        }
    }

    private static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() {
        try {
            index.close();
        } catch (IOException e) {
            LOG.debug("the list of files is not needed any more", e);
        }
        try {
            BackupFolder.remove(folder);
        } catch (IOException e) {
            LOG.warn("{} is left half done; the next backup removes it", folder, e);
        }
    }

    /** Looks from time to time whether there is room. */
    private final class Guarded extends OutputStream {
        private final OutputStream out;
        private long written;

        Guarded(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] piece, int offset, int length) throws IOException {
            if ((written + length) / LOOK_BYTES > written / LOOK_BYTES) {
                requireRoom.run();
            }
            out.write(piece, offset, length);
            written += length;
        }
    }
}
