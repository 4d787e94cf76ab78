// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openros.domain.FileIdent;
import org.openros.domain.RealmPath;
import org.openros.storage.ClientFile;
import org.openros.storage.HistoryEntry;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.Write;
import org.openros.storage.WriteSet;

/**
 * The form of a write set in the log. Big-endian: length (2 bytes) and ASCII bytes of the path, then per write one
 * byte for its kind and its fields: 8 bytes per number, 1 per boolean, length (4 bytes) and content per byte string.
 */
public final class WriteSetCodec {
    private static final byte ENTRY = 1;
    private static final byte CLIENT_FILE = 2;
    private static final byte RECIPROCAL = 3;
    private static final byte TRIM = 4;
    private static final byte STATE = 5;
    private static final byte DELETE_STATE = 6;
    private static final byte DELETE_STATE_PREFIX = 7;
    private static final byte ERASE = 8;

    /** The largest log form in bytes. */
    static final int MAX_BYTES = 256 << 20;

    private WriteSetCodec() {}

    /**
     * The log form of a write set.
     *
     * @throws StorageException with {@code REJECTED} if it is larger than {@link #MAX_BYTES}
     */
    public static byte[] encode(WriteSet writeSet) {
        byte[] path = writeSet.realm().value().getBytes(StandardCharsets.US_ASCII);
        long size = 2 + path.length;
        for (Write write : writeSet.writes()) {
            size += 1 + size(write);
        }
        if (size > MAX_BYTES) {
            throw new StorageException(Reason.REJECTED, "a write set of " + size + " bytes is too large", null);
        }
        ByteBuffer out = ByteBuffer.allocate((int) size).putShort((short) path.length).put(path);
        writeSet.writes().forEach(write -> put(out, write));
        return out.array();
    }

    private static long size(Write write) {
        return switch (write) {
            case Write.PutEntry(HistoryEntry entry) -> 6 * 8 + 4L + entry.changeset().length;
            case Write.PutClientFile _ -> 5 * 8 + 1;
            case Write.PutReciprocal reciprocal -> 2 * 8 + 4L + reciprocal.changeset().length;
            case Write.TrimReciprocal _ -> 2 * 8;
            case Write.PutState state -> 4L + state.key().length + 4 + state.value().length;
            case Write.DeleteState state -> 4L + state.key().length;
            case Write.DeleteStatePrefix state -> 4L + state.prefix().length;
            case Write.EraseRealm _ -> 0;
        };
    }

    private static void put(ByteBuffer out, Write write) {
        switch (write) {
            case Write.PutEntry(HistoryEntry entry) -> put(out.put(ENTRY), entry);
            case Write.PutClientFile(ClientFile file) -> put(out.put(CLIENT_FILE), file);
            case Write.PutReciprocal(FileIdent client, long version, byte[] changeset) ->
                put(out.put(RECIPROCAL).putLong(client.value()).putLong(version), changeset);
            case Write.TrimReciprocal(FileIdent client, long through) ->
                out.put(TRIM).putLong(client.value()).putLong(through);
            case Write.PutState(byte[] key, byte[] value) -> put(put(out.put(STATE), key), value);
            case Write.DeleteState(byte[] key) -> put(out.put(DELETE_STATE), key);
            case Write.DeleteStatePrefix(byte[] prefix) -> put(out.put(DELETE_STATE_PREFIX), prefix);
            case Write.EraseRealm _ -> out.put(ERASE);
        }
    }

    private static void put(ByteBuffer out, HistoryEntry entry) {
        out.putLong(entry.serverVersion()).putLong(entry.salt()).putLong(entry.origin());
        out.putLong(entry.clientVersion()).putLong(entry.originTimestamp()).putLong(entry.cumulativeBytes());
        put(out, entry.changeset());
    }

    private static void put(ByteBuffer out, ClientFile file) {
        out.putLong(file.ident().value()).putLong(file.salt()).putLong(file.clientVersion());
        out.putLong(file.reciprocalBase()).putLong(file.lockedServerVersion()).put((byte) (file.expired() ? 1 : 0));
    }

    private static ByteBuffer put(ByteBuffer out, byte[] bytes) {
        return out.putInt(bytes.length).put(bytes);
    }

    /** Whether the log form of a write set is one of that realm; cheap. */
    public static boolean isOf(RealmPath realm, byte[] payload) {
        byte[] path = realm.value().getBytes(StandardCharsets.US_ASCII);
        return payload.length >= 2 + path.length
                && ByteBuffer.wrap(payload).getShort() == (short) path.length
                && Arrays.equals(payload, 2, 2 + path.length, path, 0, path.length);
    }

    /**
     * Reads the log form.
     *
     * @throws StorageException with {@code CORRUPT} if it is not one
     */
    public static WriteSet decode(byte[] payload) {
        try {
            ByteBuffer in = ByteBuffer.wrap(payload);
            RealmPath realm = new RealmPath(new String(bytes(in, in.getShort() & 0xFFFF), StandardCharsets.US_ASCII));
            List<Write> writes = new ArrayList<>();
            while (in.hasRemaining()) {
                writes.add(write(in));
            }
            return new WriteSet(realm, List.copyOf(writes));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new StorageException(Reason.CORRUPT, "a log entry is not a write set of this release", e);
        }
    }

    private static Write write(ByteBuffer in) {
        byte kind = in.get();
        return switch (kind) {
            case ENTRY -> new Write.PutEntry(entry(in));
            case CLIENT_FILE -> new Write.PutClientFile(clientFile(in));
            case RECIPROCAL -> new Write.PutReciprocal(new FileIdent(in.getLong()), in.getLong(), bytes(in));
            case TRIM -> new Write.TrimReciprocal(new FileIdent(in.getLong()), in.getLong());
            case STATE -> new Write.PutState(bytes(in), bytes(in));
            case DELETE_STATE -> new Write.DeleteState(bytes(in));
            case DELETE_STATE_PREFIX -> new Write.DeleteStatePrefix(bytes(in));
            case ERASE -> new Write.EraseRealm();
            default -> throw new IllegalArgumentException("not a kind of write: " + kind);
        };
    }

    private static HistoryEntry entry(ByteBuffer in) {
        return new HistoryEntry(
                in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), bytes(in));
    }

    private static ClientFile clientFile(ByteBuffer in) {
        FileIdent ident = new FileIdent(in.getLong());
        return new ClientFile(ident, in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.get() != 0);
    }

    private static byte[] bytes(ByteBuffer in) {
        return bytes(in, in.getInt());
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
