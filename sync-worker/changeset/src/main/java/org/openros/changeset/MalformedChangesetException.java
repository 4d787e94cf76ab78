// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

/**
 * The bytes are not a changeset that a server takes (changeset format, section 1.11). The answer to a client is the
 * session error "bad changeset". It carries no stack trace: it speaks about the input, not about the program.
 */
public final class MalformedChangesetException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why bytes are refused. */
    public enum Code {
        /** The input ends where an integer is expected or inside one. */
        INTEGER_TRUNCATED,
        /** An integer has more bytes than its width allows. */
        INTEGER_TOO_LONG,
        /** An integer does not fit its width, or is no decimal number that a client can hold. */
        INTEGER_OUT_OF_RANGE,
        /** A negative value in an unsigned field. */
        NEGATIVE_FOR_UNSIGNED,
        /** No instruction has this code. */
        UNKNOWN_INSTRUCTION,
        /** The index of a string declaration is not the next free one. */
        INTERN_INDEX_NOT_NEXT,
        /** A string is declared twice. */
        INTERN_DUPLICATE_STRING,
        /** A string is longer than 16,777,199 bytes. */
        STRING_TOO_LONG,
        /** Fewer bytes are left than a value of known size needs. */
        TRUNCATED_BYTES,
        /** A reference to a string that was not declared before. */
        UNDECLARED_INTERN,
        /** No table kind has this number. */
        UNKNOWN_TABLE_KIND,
        /** A primary key cannot have this type. */
        BAD_PRIMARY_KEY_TYPE,
        /** No type has this code. */
        UNKNOWN_PAYLOAD_TYPE,
        /** No collection type has this number. */
        UNKNOWN_COLLECTION_TYPE,
        /** An object key cannot have this type. */
        BAD_OBJECT_KEY_TYPE,
        /** A generated object key stands where a value is expected. */
        GLOBALKEY_AS_VALUE,
        /** The nanoseconds are out of range or their sign differs from that of the seconds. */
        TIMESTAMP_OUT_OF_RANGE,
        /** The coefficient of a decimal has more than 17 bytes or 113 bits. */
        DECIMAL_COEFFICIENT_TOO_LONG,
        /** The input ends inside the coefficient of a decimal. */
        DECIMAL_COEFFICIENT_TRUNCATED,
        /** The path of a list instruction is empty or ends in a name, or an index needs more than 32 bits. */
        PATH_NOT_AN_INDEX,
        /** A binary is announced to be longer than any buffer. */
        BINARY_LENGTH_ABSURD
    }

    private final Code code;
    private final int offset;

    MalformedChangesetException(Code code, int offset) {
        super("malformed changeset: " + code + " at byte " + offset, null, false, false);
        this.code = code;
        this.offset = offset;
    }

    /** Why the bytes are refused. */
    public Code code() {
        return code;
    }

    /** Where the parser noticed it, counted from the start of the changeset. */
    public int offset() {
        return offset;
    }
}
