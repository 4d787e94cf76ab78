// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openros.core.backup.Manifest.StoredRealm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of backups. Each complete one is a folder of its own: {@code realms/} with a file for each realm,
 * {@code files.jsonl} with a line for each of them, {@code manifest.json}, and its SHA-256. Until it is complete it has
 * a name that begins with a dot, and so it has again before it is removed; only whole folders ever appear and
 * disappear. Thread-safe, also among processes; blocks; each method throws {@link BackupException} if the disk refuses.
 */
public final class BackupFolder {
    static final String MANIFEST = "manifest.json";
    static final String MANIFEST_HASH = "manifest.json.sha256";
    static final String INDEX = "files.jsonl";
    static final String REALMS = "realms";

    private static final Logger LOG = LoggerFactory.getLogger(BackupFolder.class);
    private static final String PARTIAL = ".partial-";
    private static final String DELETED = ".deleted-";

    /** No manifest and no line of an index is larger. */
    private static final int LONGEST_TEXT = 1 << 20;

    private final Path root;
    private final long reserve;
    private final LongSupplier room;
    private final JsonMapper json;

    /**
     * Opens the folder.
     *
     * @param reserve bytes that stay free on the disk
     * @param room bytes that are free there
     */
    BackupFolder(Path root, long reserve, LongSupplier room, JsonMapper json) {
        this.root = root.toAbsolutePath().normalize();
        this.reserve = reserve;
        this.room = room;
        this.json = json;
    }

    /** Bytes that are free on the disk of a folder; all if the folder is not there yet. */
    static long room(Path folder) {
        try {
            return Files.exists(folder) ? Files.getFileStore(folder).getUsableSpace() : Long.MAX_VALUE;
        } catch (IOException e) {
            throw new BackupException("it is not known how much room there is in " + folder + ": " + e, e);
        }
    }

    /** Complete backups, oldest first. Those whose manifest cannot be read are left out, and the log says so. */
    public List<Manifest> list() {
        List<Manifest> found = new ArrayList<>();
        for (Path folder : folders()) {
            BackupId id = BackupId.named(folder.getFileName().toString());
            if (id != null) {
                try {
                    Manifest manifest = find(id);
                    if (manifest != null) {
                        found.add(manifest);
                    }
                } catch (BackupException e) {
                    LOG.warn("The backup {} is not usable: {}", id, e.getMessage());
                }
            }
        }
        found.sort(Comparator.comparing(Manifest::id));
        return found;
    }

    private List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(root, Files::isDirectory)) {
            all.forEach(folders::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new BackupException("the folder " + root + " cannot be read: " + e, e);
        }
        return folders;
    }

    /**
     * A complete backup; null if there is none.
     *
     * @throws BackupException if its manifest is damaged, or of another release
     */
    public @Nullable Manifest find(BackupId id) {
        Path folder = root.resolve(id.value());
        try {
            byte[] text = bounded(folder.resolve(MANIFEST));
            byte[] hash = bounded(folder.resolve(MANIFEST_HASH));
            if (!new String(hash, StandardCharsets.UTF_8).equals(hashLine(text))) {
                throw new BackupException("the manifest of backup " + id + " is damaged", null);
            }
            Manifest manifest = json.readValue(text, Manifest.class);
            if (manifest.format() != Manifest.FORMAT || !manifest.id().equals(id)) {
                throw new BackupException("the manifest of backup " + id
                        + " is not of this release, or of another one", null);
            }
            return manifest;
        } catch (NoSuchFileException e) {
            if (Files.isDirectory(folder)) {
                throw new BackupException("the backup " + id + " has lost its " + Path.of(e.getFile())
                        .getFileName(), e);
            }
            return null;
        } catch (IOException e) {
            throw new BackupException("the backup " + id + " cannot be read: " + e, e);
        } catch (JacksonException e) {
            throw new BackupException("the manifest of backup " + id + " is not understood", e);
        }
    }

    static String hashLine(byte[] manifest) {
        return RealmFile.hex(manifest) + "  " + MANIFEST + "\n";
    }

    private static byte[] bounded(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(LONGEST_TEXT + 1);
            if (text.length > LONGEST_TEXT) {
                throw new IOException(file + " is too long");
            }
            return text;
        }
    }

    /** Takes the realms of a backup, one after the other. */
    @FunctionalInterface
    interface Visitor {
        /** Takes the next one. */
        void realm(StoredRealm realm) throws InterruptedException;
    }

    /**
     * Walks the realms of a backup.
     *
     * @throws BackupException if the list of them is damaged; that is known before the first one is told
     */
    void realms(Manifest manifest, Visitor visitor) throws InterruptedException {
        Path index = root.resolve(manifest.id().value()).resolve(INDEX);
        try {
            if (!hash(index).equals(manifest.index())) {
                throw new BackupException("the list of files of backup " + manifest.id() + " is damaged", null);
            }
            try (BufferedReader lines = Files.newBufferedReader(index)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    visitor.realm(json.readValue(line, StoredRealm.class));
                }
            }
        } catch (IOException e) {
            throw new BackupException("the list of files of backup " + manifest.id() + " cannot be read: " + e, e);
        } catch (JacksonException e) {
            throw new BackupException("the list of files of backup " + manifest.id() + " is not understood", e);
        }
    }

    private static String hash(Path file) throws IOException {
        var digest = RealmFile.sha256();
        try (var in = Files.newInputStream(file)) {
            byte[] piece = new byte[1 << 16];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The file of a realm. */
    Path file(BackupId id, StoredRealm realm) {
        return file(root.resolve(id.value()), realm.number());
    }

    static Path file(Path backup, long number) {
        return backup.resolve(REALMS).resolve(String.format(Locale.ROOT, "%08d.realm", number));
    }

    /** Begins a backup, under a name that nobody else has. */
    BackupWriter begin(BackupId id) {
        try {
            Files.createDirectories(root);
            Path partial = root.resolve(PARTIAL + id + "-" + UUID.randomUUID());
            return new BackupWriter(partial, root.resolve(id.value()), this::requireRoom, json);
        } catch (IOException e) {
            throw new BackupException("no backup can be made in " + root + ": " + e, e);
        }
    }

    private void requireRoom() {
        long left = room.getAsLong();
        if (left < reserve) {
            throw new BackupException("the disk of " + root + " has only " + (left >> 20) + " MiB left, and "
                    + (reserve >> 20) + " MiB have to stay free (ros.backup.reserve)", null);
        }
    }

    /**
     * Removes a backup.
     *
     * @return false if there is none
     */
    public boolean delete(BackupId id) {
        Path going = root.resolve(DELETED + id + "-" + UUID.randomUUID());
        try {
            Files.move(root.resolve(id.value()), going, StandardCopyOption.ATOMIC_MOVE);
            remove(going);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new BackupException("the backup " + id + " cannot be removed: " + e, e);
        }
    }

    /** Removes what others have left half done. */
    void sweep(Predicate<BackupId> isBeingMade) {
        for (Path folder : folders()) {
            String name = folder.getFileName().toString();
            boolean partial = name.startsWith(PARTIAL);
            if (!partial && !name.startsWith(DELETED)) {
                continue;
            }
            String[] parts = name.split("-", 3);
            BackupId id = parts.length < 2 ? null : BackupId.named(parts[1]);
            if (id != null && !(partial && isBeingMade.test(id))) {
                try {
                    remove(folder);
                    LOG.info("Removed {}, which was left half done", folder);
                } catch (IOException e) {
                    LOG.warn("{} cannot be removed", folder, e);
                }
            }
        }
    }

    /** Others may be removing it at the same time: what is gone already is no failure. */
    static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, @Nullable IOException failure) throws IOException {
                Files.deleteIfExists(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
