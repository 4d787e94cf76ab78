// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.openros.storage.DiskFailure;
import org.openros.storage.DurableFolder;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

/** The folder of a store, held by this process: its lock, its identity, and where its parts lie. */
final class StoreFolder implements AutoCloseable {
    private static final int FORMAT_LEVEL = 1;
    private static final String IDENTITY = "store.json";
    private static final String IDENTITY_DRAFT = "store.json.new";
    private static final String LOCK = "lock";
    private static final String NATIVE = "native";
    private static final Set<String> MAY_BE_IN_NEW_FOLDER = Set.of(IDENTITY_DRAFT, LOCK, NATIVE, "lost+found");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path path;
    private final FileChannel lock;
    private final UUID storeId;

    private StoreFolder(Path path, FileChannel lock, UUID storeId) {
        this.path = path;
        this.lock = lock;
        this.storeId = storeId;
    }

    /** Opens or creates a store's folder. */
    static StoreFolder open(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        FileChannel lock = lock(path);
        try {
            StoreFolder store = new StoreFolder(path, lock, identity(path));
            Files.createDirectories(store.log());
            Files.createDirectories(store.state());
            DurableFolder.force(path);
            return store;
        } catch (IOException e) {
            closeQuietly(lock);
            throw notAccessible(path, e);
        } catch (StorageException e) {
            closeQuietly(lock);
            throw e;
        }
    }

    Path log() {
        return path.resolve("log");
    }

    Path state() {
        return path.resolve("state");
    }

    Path nativeLibrary() {
        return path.resolve(NATIVE);
    }

    Path path() {
        return path;
    }

    /** Random, new with the folder. */
    UUID storeId() {
        return storeId;
    }

    private static FileChannel lock(Path path) {
        FileChannel channel;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(path.resolve(LOCK), CREATE, READ, WRITE);
        } catch (IOException e) {
            throw notAccessible(path, e);
        }
        try {
            if (channel.tryLock() != null) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)), 0);
                return channel;
            }
            throw inUse(path, channel);
        } catch (OverlappingFileLockException e) {
            StorageException failure = inUse(path, channel);
            closeQuietly(channel);
            throw failure;
        } catch (IOException e) {
            closeQuietly(channel);
            throw notAccessible(path, e);
        } catch (StorageException e) {
            closeQuietly(channel);
            throw e;
        }
    }

    private static StorageException notAccessible(Path path, IOException cause) {
        return DiskFailure.ofNewFolder("the data folder " + path + " cannot be used", cause);
    }

    private static StorageException inUse(Path path, FileChannel channel) {
        String message = "the data folder " + path + " is in use by process " + holder(channel)
                + ": stop it, or choose another folder";
        return new StorageException(Reason.IN_USE, message, null);
    }

    private static String holder(FileChannel channel) {
        ByteBuffer pid = ByteBuffer.allocate(20);
        try {
            channel.read(pid, 0);
        } catch (IOException e) {
            return "unknown";
        }
        return UTF_8.decode(pid.flip()).toString();
    }

    private static UUID identity(Path path) throws IOException {
        Path file = path.resolve(IDENTITY);
        return Files.exists(file) ? read(file) : create(path);
    }

    private static UUID read(Path file) throws IOException {
        try {
            JsonNode identity = JSON.readTree(Files.readString(file));
            int level = identity.path("formatLevel").asInt(0);
            if (level != FORMAT_LEVEL) {
                throw new StorageException(
                        Reason.UNKNOWN_FORMAT,
                        file + " has the unknown format level " + level + ": start the release that wrote it",
                        null);
            }
            return UUID.fromString(identity.path("storeId").asString(""));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new StorageException(
                    Reason.CORRUPT, file + " is damaged: restore a backup, or let the node join anew", e);
        }
    }

    private static UUID create(Path path) throws IOException {
        refuseForeign(path);
        UUID id = UUID.randomUUID();
        String text = JSON.writeValueAsString(
                JSON.createObjectNode().put("formatLevel", FORMAT_LEVEL).put("storeId", id.toString()));
        Path draft = path.resolve(IDENTITY_DRAFT);
        try (FileChannel channel = FileChannel.open(draft, CREATE, WRITE, TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            channel.force(true);
        }
        Files.move(draft, path.resolve(IDENTITY), ATOMIC_MOVE, REPLACE_EXISTING);
        DurableFolder.force(path);
        return id;
    }

    private static void refuseForeign(Path path) throws IOException {
        List<String> foreign;
        try (Stream<Path> files = Files.list(path)) {
            foreign = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !MAY_BE_IN_NEW_FOLDER.contains(name))
                    .sorted()
                    .limit(5)
                    .toList();
        }
        if (!foreign.isEmpty()) {
            throw new StorageException(
                    Reason.UNKNOWN_FORMAT,
                    "the folder " + path + " has no " + IDENTITY + " but other files (" + String.join(", ", foreign)
                            + "): choose an empty folder, or restore the file",
                    null);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageException(Reason.IO, "the lock file cannot be closed", e);
        }
    }

    /** Gives the folder free. */
    @Override
    public void close() {
        closeQuietly(lock);
    }
}
