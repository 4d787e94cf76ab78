// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

/**
 * A changeset does not apply to the state. The answer to a client is the session error "bad changeset". It carries no
 * stack trace: it speaks about the changeset, not about the program.
 */
public final class ApplyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Why a changeset does not apply (changeset format, section 2.10). */
    public enum Reason {
        /** The class does not exist. */
        UNKNOWN_TABLE,
        /** The class has no such field. */
        UNKNOWN_FIELD,
        /** The object does not exist; after a merge this means a hostile client or a wrong merge. */
        UNKNOWN_OBJECT,
        /** The key has not the form or range of the class's keys. */
        BAD_KEY,
        /** The class or column exists with another definition. */
        SCHEMA_CONFLICT,
        /** No column can have this type. */
        BAD_COLUMN_TYPE,
        /** Link target, key type or collection do not go together. */
        BAD_COLUMN_DEFINITION,
        /** A class name of more than 57 or a field name of more than 63 bytes. */
        NAME_TOO_LONG,
        /** Another class links to the class, or a mixed value of another class once did. */
        TABLE_IS_LINK_TARGET,
        /** The field is the primary key. */
        PRIMARY_KEY_IS_READ_ONLY,
        /** Objects of embedded classes have no key and cannot be addressed or linked. */
        EMBEDDED_TABLE,
        /** Nothing links to an asymmetric class, and its single mixed fields hold no links. */
        ASYMMETRIC_LINK,
        /** The value has not the type of the column. */
        TYPE_MISMATCH,
        /** The place is not nullable. */
        NULL_NOT_ALLOWED,
        /** The link names another class than the column. */
        WRONG_LINK_TARGET,
        /** Erased, collections or too long binaries where they cannot stand. */
        VALUE_NOT_ALLOWED_HERE,
        /** An embedded object where the column has none. */
        OBJECT_VALUE_NOT_ALLOWED,
        /** A dictionary key that starts with a dollar sign or contains a dot. */
        DICTIONARY_KEY,
        /** The path does not lead to a place that the instruction acts on. */
        BAD_PATH,
        /** An index outside of the list; after a merge this means a hostile client or a wrong merge. */
        INDEX,
        /** The size differs from the announced one; after a merge this means a hostile client or a wrong merge. */
        PRIOR_SIZE,
        /** The collection is of another kind. */
        COLLECTION_TYPE
    }

    private final Reason reason;
    private final int instruction;

    ApplyException(Reason reason) {
        this(reason, -1);
    }

    private ApplyException(Reason reason, int instruction) {
        super("changeset does not apply: " + reason + " at instruction " + instruction, null, false, false);
        this.reason = reason;
        this.instruction = instruction;
    }

    ApplyException at(int index) {
        return new ApplyException(reason, index);
    }

    /** Why the changeset does not apply. */
    public Reason reason() {
        return reason;
    }

    /** Index of the instruction that does not apply. */
    public int instruction() {
        return instruction;
    }
}
