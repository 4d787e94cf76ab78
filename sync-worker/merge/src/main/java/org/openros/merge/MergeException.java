// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

/**
 * Two changesets contradict each other, or cost too much to merge: the incoming one is bad (merge rules, sections 4.10
 * and 6.7) and the whole upload is refused with session error 212. Nothing was changed.
 */
public final class MergeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    MergeException(Code code, String message) {
        super(code.notation() + ": " + message);
        this.code = code;
    }

    /** What is wrong. */
    public Code code() {
        return code;
    }

    /** The reasons to refuse an upload while merging. */
    public enum Code {
        /** A class is embedded on one side only. Normal when app versions with different models meet. */
        TABLE_KIND("schema_mismatch.table_kind"),
        /** The primary keys of a class have different names. Normal when app versions with different models meet. */
        PRIMARY_KEY_NAME("schema_mismatch.pk_name"),
        /** The primary keys of a class have different types. Normal when app versions with different models meet. */
        PRIMARY_KEY_TYPE("schema_mismatch.pk_type"),
        /** Only one primary key of a class is nullable. Normal when app versions with different models meet. */
        PRIMARY_KEY_NULLABLE("schema_mismatch.pk_nullable"),
        /** A class is asymmetric on one side only. Normal when app versions with different models meet. */
        ASYMMETRIC("schema_mismatch.asymmetric"),
        /** A column has different types. Normal when app versions with different models meet. */
        COLUMN_TYPE("schema_mismatch.column_type"),
        /** A column is nullable on one side only. Normal when app versions with different models meet. */
        COLUMN_NULLABLE("schema_mismatch.column_nullable"),
        /** A column holds different collections. Normal when app versions with different models meet. */
        COLUMN_COLLECTION("schema_mismatch.column_collection"),
        /** A link column has different target classes. Normal when app versions with different models meet. */
        COLUMN_LINK_TARGET("schema_mismatch.column_link_target"),
        /** The sides disagree about the size of a list: a broken client, or histories that diverged before. */
        PRIOR_SIZE("prior_size_mismatch"),
        /** An index lies behind the end of its list: a broken client, or histories that diverged before. */
        INDEX("index_out_of_range"),
        /** One side sees a list where the other has keys: a broken client, or histories that diverged before. */
        INCONSISTENT_PATHS("inconsistent_paths"),
        /** One side sees a list where the other assigns keys: a broken client, or histories that diverged before. */
        INCONSISTENT_CONTAINER("inconsistent_container"),
        /** More pairs of instructions had to be compared than the limit allows; see docs/merge.md. */
        TOO_COSTLY("too_costly");

        private final String notation;

        Code(String notation) {
            this.notation = notation;
        }

        /** The name in logs and test vectors; what stands before a dot is the kind. */
        public String notation() {
            return notation;
        }
    }
}
