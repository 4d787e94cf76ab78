// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.math.BigInteger;
import java.util.UUID;

/**
 * A value as it stands in an instruction. Record equality is equality of the bytes on the wire; the rules that compare
 * numerically say so where they do it.
 */
public sealed interface Value {
    /** The type code that stands before the value on the wire. */
    TypeCode type();

    /**
     * What stands in a property that is not nullable before anybody sets it (changeset format, section 2.2); null for
     * types that have no such value.
     */
    static Value zero(TypeCode type) {
        return switch (type) {
            case INT -> new Value.Int(0);
            case BOOL -> new Value.Bool(false);
            case STRING -> new Value.Str(ByteString.EMPTY);
            case BINARY -> new Value.Binary(ByteString.EMPTY);
            case TIMESTAMP -> new Value.Timestamp(0, 0);
            case FLOAT -> new Value.Float(0);
            case DOUBLE -> new Value.Double(0);
            case DECIMAL -> new Value.Decimal(BigInteger.ZERO, 0, false);
            case OBJECT_ID -> new Value.Oid(new ObjectId(0, 0));
            case UUID -> new Value.Uuid(new UUID(0, 0));
            case NULL, LINK, GLOBAL_KEY, OBJECT_VALUE, DICTIONARY, ERASED, LIST, SET -> Value.Marker.NULL;
        };
    }

    /** Values without content: null and the markers that create or remove something. */
    enum Marker implements Value {
        NULL(TypeCode.NULL),
        OBJECT(TypeCode.OBJECT_VALUE),
        DICTIONARY(TypeCode.DICTIONARY),
        ERASED(TypeCode.ERASED),
        LIST(TypeCode.LIST),
        SET(TypeCode.SET);

        private final TypeCode type;

        Marker(TypeCode type) {
            this.type = type;
        }

        @Override
        public TypeCode type() {
            return type;
        }
    }

    /** A 64-bit integer. */
    record Int(long value) implements Value {
        @Override
        public TypeCode type() {
            return TypeCode.INT;
        }
    }

    /** A boolean. */
    record Bool(boolean value) implements Value {
        @Override
        public TypeCode type() {
            return TypeCode.BOOL;
        }
    }

    /** A string, at most 16,777,199 bytes. */
    record Str(ByteString value) implements Value {
        @Override
        public TypeCode type() {
            return TypeCode.STRING;
        }
    }

    /** Binary data. */
    record Binary(ByteString value) implements Value {
        @Override
        public TypeCode type() {
            return TypeCode.BINARY;
        }
    }

    /**
     * A point in time.
     *
     * @param seconds since 1970-01-01T00:00:00Z
     * @param nanoseconds -999,999,999 to 999,999,999, of the same sign as the seconds
     */
    record Timestamp(long seconds, int nanoseconds) implements Value {
        @Override
        public TypeCode type() {
            return TypeCode.TIMESTAMP;
        }
    }

    /** A 32-bit float, as its IEEE 754 bits so that NaN patterns survive. */
    record Float(int bits) implements Value {
        @Override
        public TypeCode type() {
            return TypeCode.FLOAT;
        }
    }

    /** A 64-bit float, as its IEEE 754 bits so that NaN patterns survive. */
    record Double(long bits) implements Value {
        @Override
        public TypeCode type() {
            return TypeCode.DOUBLE;
        }
    }

    /**
     * A decimal number, not normalised (changeset format, section 1.4).
     *
     * @param coefficient not negative, at most 113 bits
     * @param exponent power of ten; 9184 and 9696 mark infinity and NaN
     * @param negative the sign
     */
    record Decimal(BigInteger coefficient, int exponent, boolean negative) implements Value {
        @Override
        public TypeCode type() {
            return TypeCode.DECIMAL;
        }
    }

    /** A link to an object, which need not exist. */
    record Link(ByteString table, ObjectKey key) implements Value {
        @Override
        public TypeCode type() {
            return TypeCode.LINK;
        }
    }

    /** An ObjectId. */
    record Oid(ObjectId value) implements Value {
        @Override
        public TypeCode type() {
            return TypeCode.OBJECT_ID;
        }
    }

    /** A UUID. */
    record Uuid(UUID value) implements Value {
        @Override
        public TypeCode type() {
            return TypeCode.UUID;
        }
    }
}
