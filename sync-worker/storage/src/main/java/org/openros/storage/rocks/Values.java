// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.openros.domain.Epoch;
import org.openros.domain.FileIdent;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.Position;
import org.openros.storage.ClientFile;
import org.openros.storage.HistoryEntry;
import org.openros.storage.RealmHead;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;

/** The values of the state: fields of 8 bytes, big-endian, in the order of the record; a changeset takes the rest. */
final class Values {
    private Values() {}

    static byte[] of(HistoryEntry entry) {
        return ByteBuffer.allocate(5 * 8 + entry.changeset().length)
                .putLong(entry.salt())
                .putLong(entry.origin())
                .putLong(entry.clientVersion())
                .putLong(entry.originTimestamp())
                .putLong(entry.cumulativeBytes())
                .put(entry.changeset())
                .array();
    }

    static HistoryEntry entry(long serverVersion, byte[] value) {
        return read(value, in -> {
            long salt = in.getLong();
            return new HistoryEntry(
                    serverVersion, salt, in.getLong(), in.getLong(), in.getLong(), in.getLong(), rest(in));
        });
    }

    static byte[] of(ClientFile file) {
        return ByteBuffer.allocate(4 * 8 + 1)
                .putLong(file.salt())
                .putLong(file.clientVersion())
                .putLong(file.reciprocalBase())
                .putLong(file.lockedServerVersion())
                .put((byte) (file.expired() ? 1 : 0))
                .array();
    }

    static ClientFile clientFile(FileIdent ident, byte[] value) {
        return read(value, in ->
                new ClientFile(ident, in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.get() != 0));
    }

    static byte[] of(RealmHead head) {
        return ByteBuffer.allocate(4 * 8)
                .putLong(head.serverVersion())
                .putLong(head.salt())
                .putLong(head.cumulativeBytes())
                .putLong(head.lastFileIdent())
                .array();
    }

    static RealmHead head(byte[] value) {
        return read(value, in -> new RealmHead(in.getLong(), in.getLong(), in.getLong(), in.getLong()));
    }

    static byte[] of(Position position) {
        return ByteBuffer.allocate(2 * 8 + ChainHash.BYTES)
                .putLong(position.epoch().value())
                .putLong(position.seq())
                .putLong(position.hash().high())
                .putLong(position.hash().low())
                .array();
    }

    static Position position(byte[] value) {
        return read(value, in ->
                new Position(new Epoch(in.getLong()), in.getLong(), new ChainHash(in.getLong(), in.getLong())));
    }

    static byte[] of(EpochTable epochs) {
        ByteBuffer out = ByteBuffer.allocate(epochs.starts().size() * 2 * 8);
        epochs.starts().forEach(start -> out.putLong(start.epoch().value()).putLong(start.firstSeq()));
        return out.array();
    }

    static EpochTable epochs(byte[] value) {
        return read(value, in -> {
            List<EpochTable.Start> starts = new ArrayList<>();
            while (in.hasRemaining()) {
                starts.add(new EpochTable.Start(new Epoch(in.getLong()), in.getLong()));
            }
            return new EpochTable(starts);
        });
    }

    static byte[] of(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static byte[] of(int realm) {
        return ByteBuffer.allocate(4).putInt(realm).array();
    }

    static int realm(byte[] value) {
        return read(value, ByteBuffer::getInt);
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }

    private static <T> T read(byte[] value, Function<ByteBuffer, T> reader) {
        try {
            return reader.apply(ByteBuffer.wrap(value));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new StorageException(
                    Reason.CORRUPT, "the state is damaged: restore a backup, or let the node join anew", e);
        }
    }
}
