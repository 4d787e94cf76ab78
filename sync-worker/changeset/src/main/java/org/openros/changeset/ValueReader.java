// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.math.BigInteger;
import java.util.UUID;
import org.openros.changeset.Instruction.ValuePosition;
import org.openros.changeset.MalformedChangesetException.Code;

/** Reads what instructions are made of: strings, types, object keys and values (changeset format, section 1.7). */
final class ValueReader {
    /** The longest string, in bytes. */
    static final int MAX_STRING = 16_777_199;

    private static final int NANOS_PER_SECOND = 1_000_000_000;

    private final ByteCursor in;
    private final DeclaredStrings strings;
    /** Whether the table is complete, because the bytes were read before. */
    private final boolean again;

    /** Total length of the declarations and inline payloads so far. */
    private long textOffset;
    /** Index of the string that was referred to last. */
    private int lastReference = -1;
    /** Where the value that was read last stood. */
    private long valueOffset;

    private int valueTable = -1;
    private int valueKey = -1;

    ValueReader(ByteCursor in) {
        this(in, new DeclaredStrings(), false);
    }

    /** Reads bytes once more that declare these strings. */
    ValueReader(ByteCursor in, DeclaredStrings strings) {
        this(in, strings, true);
    }

    private ValueReader(ByteCursor in, DeclaredStrings strings, boolean again) {
        this.in = in;
        this.strings = strings;
        this.again = again;
    }

    DeclaredStrings strings() {
        return strings;
    }

    /** A string declaration behind its code. */
    void declaration() {
        if (again) {
            in.u32();
            in.skip(textLength());
            return;
        }
        if (in.u32() != strings.size()) {
            throw in.malformed(Code.INTERN_INDEX_NOT_NEXT);
        }
        if (!strings.add(text())) {
            throw in.malformed(Code.INTERN_DUPLICATE_STRING);
        }
    }

    /** A reference into the string table. */
    ByteString reference() {
        long index = in.u32();
        if (index >= strings.size()) {
            throw in.malformed(Code.UNDECLARED_INTERN);
        }
        lastReference = (int) index;
        return strings.get(lastReference);
    }

    TypeCode type() {
        TypeCode type = TypeCode.of(in.i64());
        if (type == null) {
            throw in.malformed(Code.UNKNOWN_PAYLOAD_TYPE);
        }
        return type;
    }

    ObjectKey key() {
        TypeCode type = type();
        return switch (type) {
            case NULL -> ObjectKey.Null.KEY;
            case INT -> new ObjectKey.Int(in.i64());
            case STRING -> new ObjectKey.Str(reference());
            case OBJECT_ID -> new ObjectKey.Oid(objectId());
            case UUID -> new ObjectKey.Uuid(uuid());
            case GLOBAL_KEY -> new ObjectKey.Global(in.u64(), in.u64());
            case BOOL, BINARY, TIMESTAMP, FLOAT, DOUBLE, DECIMAL, LINK, OBJECT_VALUE, DICTIONARY, ERASED, LIST, SET ->
                throw in.malformed(Code.BAD_OBJECT_KEY_TYPE);
        };
    }

    Value value() {
        TypeCode type = type();
        valueOffset = textOffset;
        valueTable = -1;
        valueKey = -1;
        return switch (type) {
            case NULL -> Value.Marker.NULL;
            case INT -> new Value.Int(in.i64());
            case BOOL -> new Value.Bool(in.bool());
            case STRING -> new Value.Str(text());
            case BINARY -> new Value.Binary(binary());
            case TIMESTAMP -> timestamp();
            case FLOAT -> new Value.Float(in.littleInt());
            case DOUBLE -> new Value.Double(in.littleLong());
            case DECIMAL -> decimal();
            case LINK -> link();
            case OBJECT_ID -> new Value.Oid(objectId());
            case UUID -> new Value.Uuid(uuid());
            case GLOBAL_KEY -> throw in.malformed(Code.GLOBALKEY_AS_VALUE);
            case OBJECT_VALUE -> Value.Marker.OBJECT;
            case DICTIONARY -> Value.Marker.DICTIONARY;
            case ERASED -> Value.Marker.ERASED;
            case LIST -> Value.Marker.LIST;
            case SET -> Value.Marker.SET;
        };
    }

    /** Where the last value stood. */
    ValuePosition position() {
        return new ValuePosition(valueOffset, valueTable, valueKey);
    }

    private Value link() {
        ByteString table = reference();
        valueTable = lastReference;
        ObjectKey key = key();
        valueKey = key instanceof ObjectKey.Str ? lastReference : -1;
        return new Value.Link(table, key);
    }

    private ByteString text() {
        return in.bytes(textLength());
    }

    private int textLength() {
        long length = in.u64();
        if (length < 0 || length > MAX_STRING) {
            throw in.malformed(Code.STRING_TOO_LONG);
        }
        textOffset += length;
        return (int) length;
    }

    private ByteString binary() {
        long length = in.u64();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw in.malformed(Code.BINARY_LENGTH_ABSURD);
        }
        textOffset += length;
        return in.bytes((int) length);
    }

    private Value timestamp() {
        long seconds = in.i64();
        long nanoseconds = in.i64();
        if (nanoseconds >= NANOS_PER_SECOND || nanoseconds <= -NANOS_PER_SECOND) {
            throw in.malformed(Code.TIMESTAMP_OUT_OF_RANGE);
        }
        if ((seconds > 0 && nanoseconds < 0) || (seconds < 0 && nanoseconds > 0)) {
            throw in.malformed(Code.TIMESTAMP_OUT_OF_RANGE);
        }
        return new Value.Timestamp(seconds, (int) nanoseconds);
    }

    private Value decimal() {
        BigInteger coefficient = in.coefficient();
        int exponent = in.i32();
        boolean negative = in.i32() != 0;
        if (coefficient.bitLength() > Decimals.COEFFICIENT_BITS) {
            throw in.malformed(Code.DECIMAL_COEFFICIENT_TOO_LONG);
        }
        if (!Decimals.isRepresentable(coefficient, exponent)) {
            throw in.malformed(Code.INTEGER_OUT_OF_RANGE);
        }
        return new Value.Decimal(coefficient, exponent, negative);
    }

    private ObjectId objectId() {
        in.require(12);
        return new ObjectId(in.bigLong(), in.bigInt());
    }

    private UUID uuid() {
        in.require(16);
        return new UUID(in.bigLong(), in.bigLong());
    }
}
