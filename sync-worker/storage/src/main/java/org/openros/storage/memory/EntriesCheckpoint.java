// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.memory;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.openros.domain.Epoch;
import org.openros.domain.Lineage;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.DiskFailure;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.StoreCheckpoint;
import org.openros.storage.StoreIdentity;

/** All applied entries in one file, which is as good as the state that they add up to. */
record EntriesCheckpoint(Path folder, Manifest manifest) implements StoreCheckpoint {
    private static final String NAME = "entries";

    static EntriesCheckpoint make(Path under, StoreIdentity identity, Epoch promised, List<LogEntry> entries)
            throws IOException {
        Lineage lineage = identity.lineage();
        if (lineage == null) {
            throw new IllegalStateException("a store without a lineage has nothing to give");
        }
        Path folder = Files.createDirectories(under.resolve(UUID.randomUUID().toString()));
        EpochTable epochs = EpochTable.EMPTY;
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(folder.resolve(NAME)))) {
            for (LogEntry entry : entries) {
                epochs = epochs.with(entry.position().epoch(), entry.position().seq());
                write(out, entry);
            }
        }
        Position last = entries.isEmpty() ? Position.START : entries.getLast().position();
        return new EntriesCheckpoint(
                folder, new Manifest(lineage, promised, last, epochs, List.of(describe(folder.resolve(NAME)))));
    }

    private static void write(DataOutputStream out, LogEntry entry) throws IOException {
        Position position = entry.position();
        out.writeLong(position.epoch().value());
        out.writeLong(position.seq());
        out.writeLong(position.hash().high());
        out.writeLong(position.hash().low());
        out.writeInt(entry.payload().length);
        out.write(entry.payload());
    }

    private static File describe(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return new File(Objects.toString(file.getFileName()), bytes.length, (int) crc.getValue());
    }

    static Path receiving(Path under) {
        try {
            return Files.createDirectories(under.resolve("receiving"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The entries of a checkpoint, whose files are removed. */
    static List<LogEntry> take(Path files, Manifest manifest) {
        try {
            Path file = files.resolve(NAME);
            if (!Files.exists(file) || !manifest.files().equals(List.of(describe(file)))) {
                throw new StorageException(Reason.CORRUPT, files + " was damaged on its way: fetch it again", null);
            }
            List<LogEntry> entries = read(file, manifest.position().seq());
            Files.delete(file);
            Files.delete(files);
            return entries;
        } catch (IOException e) {
            throw DiskFailure.of("the checkpoint in " + files + " cannot be installed", e);
        }
    }

    private static List<LogEntry> read(Path file, long count) throws IOException {
        List<LogEntry> entries = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            for (long i = 0; i < count; i++) {
                Epoch epoch = new Epoch(in.readLong());
                Position position = new Position(epoch, in.readLong(), new ChainHash(in.readLong(), in.readLong()));
                byte[] payload = in.readNBytes(in.readInt());
                entries.add(new LogEntry(position, payload));
            }
        }
        return entries;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder.resolve(NAME));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw DiskFailure.of("the checkpoint in " + folder + " cannot be removed", e);
        }
    }
}
