// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.ObjectId;
import org.openros.changeset.ObjectKey;

/**
 * The keys of stored state. A letter for the kind comes first: {@code M} the state itself, {@code T} a class, {@code C}
 * a column, {@code O} an object; then the number of the class, big-endian, then that of the column or the key of the
 * object. Object keys are written so that the order of bytes is the order of keys of one type.
 *
 * <p>A long string key is cut and completed by its hash, because stores dislike long keys; the object then has the key
 * in its value.
 */
final class StateKeys {
    static final byte[] META = {'M'};
    static final byte[] TABLES = {'T'};
    static final byte[] COLUMNS = {'C'};

    /** String keys of more bytes are cut. */
    private static final int LONGEST_STRING = 512;

    private static final byte NULL = 0;
    private static final byte INT = 1;
    private static final byte STRING = 2;
    private static final byte LONG_STRING = 3;
    private static final byte OBJECT_ID = 4;
    private static final byte UUID = 5;
    private static final byte GLOBAL = 6;

    /** Bytes before the key of an object: letter, class and type. */
    private static final int OBJECT_HEADER = 6;

    private StateKeys() {}

    static byte[] table(Table table) {
        return ofTable('T', table);
    }

    static byte[] columns(Table table) {
        return ofTable('C', table);
    }

    static byte[] column(Column column) {
        return ByteBuffer.allocate(9)
                .put((byte) 'C')
                .putInt(column.table().id())
                .putInt(column.id())
                .array();
    }

    static byte[] objects(Table table) {
        return ofTable('O', table);
    }

    private static byte[] ofTable(char kind, Table table) {
        return ByteBuffer.allocate(5).put((byte) kind).putInt(table.id()).array();
    }

    /** The number of the class in a key. */
    static int tableId(byte[] key) {
        return ByteBuffer.wrap(key).getInt(1);
    }

    /** The number of the column in a key of a column. */
    static int columnId(byte[] key) {
        return ByteBuffer.wrap(key).getInt(5);
    }

    static byte[] object(Table table, ObjectKey key) {
        return switch (key) {
            case ObjectKey.Null _ -> start(table, NULL, 0).array();
            case ObjectKey.Int k ->
                start(table, INT, 8).putLong(k.value() ^ Long.MIN_VALUE).array();
            case ObjectKey.Str k -> string(table, k.value());
            case ObjectKey.Oid k -> start(table, OBJECT_ID, 12)
                    .putLong(k.value().high())
                    .putInt(k.value().low())
                    .array();
            case ObjectKey.Uuid k -> start(table, UUID, 16)
                    .putLong(k.value().getMostSignificantBits())
                    .putLong(k.value().getLeastSignificantBits())
                    .array();
            case ObjectKey.Global k ->
                start(table, GLOBAL, 16).putLong(k.high()).putLong(k.low()).array();
        };
    }

    private static byte[] string(Table table, ByteString text) {
        if (text.length() <= LONGEST_STRING) {
            return start(table, STRING, text.length()).put(text.toByteArray()).array();
        }
        byte[] bytes = text.toByteArray();
        byte[] hash = sha256(bytes);
        return start(table, LONG_STRING, LONGEST_STRING + hash.length)
                .put(bytes, 0, LONGEST_STRING)
                .put(hash)
                .array();
    }

    private static ByteBuffer start(Table table, byte type, int length) {
        return ByteBuffer.allocate(OBJECT_HEADER + length)
                .put((byte) 'O')
                .putInt(table.id())
                .put(type);
    }

    /** Whether the key of an object has to be in its value. */
    static boolean isCut(ObjectKey key) {
        return key instanceof ObjectKey.Str string && string.value().length() > LONGEST_STRING;
    }

    /** The key of the object that is stored under a key; null if it is in the value. */
    static @Nullable ObjectKey objectKey(byte[] key) {
        if (key.length < OBJECT_HEADER) {
            throw new IllegalStateException("stored object has a key of " + key.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(key).position(OBJECT_HEADER);
        return switch (key[OBJECT_HEADER - 1]) {
            case NULL -> ObjectKey.Null.KEY;
            case INT -> new ObjectKey.Int(in.getLong() ^ Long.MIN_VALUE);
            case STRING -> new ObjectKey.Str(ByteString.copyOf(key, OBJECT_HEADER, in.remaining()));
            case LONG_STRING -> null;
            case OBJECT_ID -> new ObjectKey.Oid(new ObjectId(in.getLong(), in.getInt()));
            case UUID -> new ObjectKey.Uuid(new java.util.UUID(in.getLong(), in.getLong()));
            case GLOBAL -> new ObjectKey.Global(in.getLong(), in.getLong());
            default -> throw new IllegalStateException("stored object has a key of type " + key[OBJECT_HEADER - 1]);
        };
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
