// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instruction of a changeset (changeset format, section 1.10). Sizes and indices are unsigned 32-bit numbers in a
 * {@code long}.
 */
public sealed interface Instruction {
    /** The class that the instruction is about. */
    ByteString table();

    /** An instruction that is about one object. */
    sealed interface OnObject extends Instruction {
        /** The key of the object. */
        ObjectKey key();
    }

    /** An instruction that is about a place in an object: the "path instructions" of the merge rules. */
    sealed interface OnPath extends OnObject {
        /** The field of the top-level object. */
        ByteString field();

        /** The steps below the field; empty for the field itself. Not modified by anybody. */
        List<PathElement> path();
    }

    /** A path instruction that acts on a list, at the index that ends its path. */
    sealed interface OnList extends OnPath {
        /** The size of the list before the instruction. */
        long priorSize();
    }

    /**
     * Adds a class.
     *
     * @param primaryKey null for an embedded class
     */
    record AddTable(ByteString table, TableKind kind, @Nullable PrimaryKey primaryKey) implements Instruction {}

    /**
     * The primary key in the definition of a class.
     *
     * @param field empty for a class without primary key
     * @param type {@link TypeCode#GLOBAL_KEY} for a class without primary key
     */
    record PrimaryKey(ByteString field, TypeCode type, boolean nullable) {
        /** The definition of a class without primary key. */
        public static final PrimaryKey NONE = new PrimaryKey(ByteString.EMPTY, TypeCode.GLOBAL_KEY, false);
    }

    /** Removes a class. */
    record EraseTable(ByteString table) implements Instruction {}

    /**
     * Adds a column.
     *
     * @param type {@link TypeCode#NULL} for mixed
     * @param linkTarget for links only
     * @param keyType for dictionaries only
     */
    record AddColumn(
            ByteString table,
            ByteString field,
            TypeCode type,
            boolean nullable,
            CollectionType collection,
            @Nullable ByteString linkTarget,
            @Nullable TypeCode keyType)
            implements Instruction {}

    /** Removes a column. */
    record EraseColumn(ByteString table, ByteString field) implements Instruction {}

    /** Creates an object unless it exists. */
    record CreateObject(ByteString table, ObjectKey key) implements OnObject {}

    /** Erases an object if it exists. */
    record EraseObject(ByteString table, ObjectKey key) implements OnObject {}

    /**
     * Assigns a place.
     *
     * @param priorSize size of the list if the path ends in an index; otherwise 0 and not on the wire
     * @param isDefault the value is the default of a class; false and not on the wire if the path ends in an index
     */
    record Update(
            ByteString table,
            ObjectKey key,
            ByteString field,
            List<PathElement> path,
            Value value,
            long priorSize,
            boolean isDefault)
            implements OnPath {
        /** Whether the target is a list element, so that the prior size counts. */
        public boolean isElement() {
            return !path.isEmpty() && path.getLast() instanceof PathElement.Index;
        }
    }

    /** Adds to an integer. */
    record AddInteger(ByteString table, ObjectKey key, ByteString field, List<PathElement> path, long amount)
            implements OnPath {}

    /** Inserts into a list. */
    record ArrayInsert(
            ByteString table, ObjectKey key, ByteString field, List<PathElement> path, Value value, long priorSize)
            implements OnList {}

    /** Moves an element of a list so that it ends up at index {@code to}. */
    record ArrayMove(ByteString table, ObjectKey key, ByteString field, List<PathElement> path, long to, long priorSize)
            implements OnList {}

    /** Removes an element of a list. */
    record ArrayErase(ByteString table, ObjectKey key, ByteString field, List<PathElement> path, long priorSize)
            implements OnList {}

    /** Empties a collection, or makes a mixed place an empty collection. */
    record Clear(ByteString table, ObjectKey key, ByteString field, List<PathElement> path, CollectionType collection)
            implements OnPath {}

    /** Inserts into a set. */
    record SetInsert(ByteString table, ObjectKey key, ByteString field, List<PathElement> path, Value value)
            implements OnPath {}

    /**
     * Removes from a set.
     *
     * @param position where the value stood in the parsed bytes; null if the instruction was not parsed
     */
    record SetErase(
            ByteString table,
            ObjectKey key,
            ByteString field,
            List<PathElement> path,
            Value value,
            @Nullable ValuePosition position)
            implements OnPath {}

    /**
     * Where a value stood in the bytes it was parsed from. Stock clients compare two concurrent set erasures by it
     * (merge rules, section 4.9), so a server has to know it.
     *
     * @param offset for strings and binaries: total length of the declarations and inline payloads before it
     * @param tableIndex for links: index of the class name in the string table
     * @param keyIndex for links with a string key: index of the key in the string table; otherwise -1
     */
    record ValuePosition(long offset, int tableIndex, int keyIndex) {}
}
