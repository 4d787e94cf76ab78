// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.openros.changeset.ByteString;
import org.openros.changeset.ObjectId;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TypeCode;

/** Reads what {@link StateWriter} wrote; anything else is an {@link IllegalStateException} that says what is wrong. */
final class StateReader {
    private final ByteBuffer in;

    StateReader(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    IllegalStateException corrupt(String what) {
        return new IllegalStateException("stored object state is corrupt at byte " + in.position() + ": " + what);
    }

    void expectEnd() {
        if (in.hasRemaining()) {
            throw corrupt(in.remaining() + " bytes too many");
        }
    }

    int octet() {
        return take(1).get();
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = octet();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw corrupt("number without end");
    }

    /** A number of pieces that take at least one byte each. */
    int count() {
        long count = unsigned();
        if (count < 0 || count > in.remaining()) {
            throw corrupt("count " + Long.toUnsignedString(count));
        }
        return (int) count;
    }

    int number() {
        long number = unsigned();
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw corrupt("number " + Long.toUnsignedString(number));
        }
        return (int) number;
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    boolean bool() {
        return octet() != 0;
    }

    ByteString text() {
        int length = count();
        ByteString text = ByteString.copyOf(in.array(), in.position(), length);
        in.position(in.position() + length);
        return text;
    }

    int int32() {
        return take(4).getInt();
    }

    long int64() {
        return take(8).getLong();
    }

    ObjectId objectId() {
        return new ObjectId(int64(), int32());
    }

    UUID uuid() {
        return new UUID(int64(), int64());
    }

    ObjectKey key() {
        int code = octet();
        TypeCode type = TypeCode.of(code);
        if (type == null) {
            throw corrupt("key type " + code);
        }
        return switch (type) {
            case NULL -> ObjectKey.Null.KEY;
            case INT -> new ObjectKey.Int(signed());
            case STRING -> new ObjectKey.Str(text());
            case OBJECT_ID -> new ObjectKey.Oid(objectId());
            case UUID -> new ObjectKey.Uuid(uuid());
            case GLOBAL_KEY -> new ObjectKey.Global(unsigned(), unsigned());
            case BOOL, BINARY, TIMESTAMP, FLOAT, DOUBLE, DECIMAL, LINK, OBJECT_VALUE, DICTIONARY, ERASED, LIST, SET ->
                throw corrupt("key type " + type);
        };
    }

    private ByteBuffer take(int length) {
        if (in.remaining() < length) {
            throw corrupt("too short");
        }
        return in;
    }
}
