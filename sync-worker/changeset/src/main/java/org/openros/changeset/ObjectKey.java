// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.UUID;

/**
 * The key of an object within its class: the primary key value, or the generated pair of a class without primary key.
 * Keys are equal if type and value are.
 */
public sealed interface ObjectKey {
    /** The type code that stands before the key on the wire. */
    TypeCode type();

    /** The null primary key. */
    enum Null implements ObjectKey {
        KEY;

        @Override
        public TypeCode type() {
            return TypeCode.NULL;
        }
    }

    /** An integer primary key. */
    record Int(long value) implements ObjectKey {
        @Override
        public TypeCode type() {
            return TypeCode.INT;
        }
    }

    /** A string primary key. */
    record Str(ByteString value) implements ObjectKey {
        @Override
        public TypeCode type() {
            return TypeCode.STRING;
        }
    }

    /** An ObjectId primary key. */
    record Oid(ObjectId value) implements ObjectKey {
        @Override
        public TypeCode type() {
            return TypeCode.OBJECT_ID;
        }
    }

    /** A UUID primary key. */
    record Uuid(UUID value) implements ObjectKey {
        @Override
        public TypeCode type() {
            return TypeCode.UUID;
        }
    }

    /**
     * The key of an object without primary key (changeset format, section 5).
     *
     * @param high file identifier of the creator; 0 stands for the sender's own
     * @param low counter of the creator
     */
    record Global(long high, long low) implements ObjectKey {
        @Override
        public TypeCode type() {
            return TypeCode.GLOBAL_KEY;
        }
    }
}
