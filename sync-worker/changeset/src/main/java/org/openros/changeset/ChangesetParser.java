// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.MalformedChangesetException.Code;

/**
 * Reads the bytes of a changeset (changeset format, section 1). The input is hostile: nothing is allocated by an
 * announced size before the size was compared with the bytes left, the cost is linear in the input, and the only
 * exception is {@link MalformedChangesetException}. Where the format says that a server should reject what clients let
 * through, it is rejected, unless a later stage has to judge it: column types, key types and misplaced values are left
 * to the schema.
 */
public final class ChangesetParser {
    /** The code of a string declaration. */
    static final int DECLARATION = 0x3F;

    /** A changeset of so many bytes takes megabytes when all its instructions are in memory. */
    private static final int LARGE = 64 << 10;

    private static final TableKind[] TABLE_KINDS = TableKind.values();

    private static final CollectionType[] COLLECTION_TYPES = CollectionType.values();

    /** Shared, so that a path of many one-byte indices does not become many times its size. */
    private static final PathElement.Index[] SMALL_INDICES = new PathElement.Index[64];

    static {
        Arrays.setAll(SMALL_INDICES, PathElement.Index::new);
    }

    private final ByteCursor in;
    private final ValueReader values;

    private ChangesetParser(ByteCursor in) {
        this(in, new ValueReader(in));
    }

    private ChangesetParser(ByteCursor in, ValueReader values) {
        this.in = in;
        this.values = values;
    }

    /**
     * Reads a changeset that fills an array.
     *
     * @throws MalformedChangesetException if it is none
     */
    public static Changeset parse(byte[] bytes) {
        return parse(bytes, 0, bytes.length);
    }

    /**
     * Reads a changeset that is a part of an array. The result keeps no reference to the array.
     *
     * @throws MalformedChangesetException if it is none
     * @throws IndexOutOfBoundsException if the part is not within the array
     */
    public static Changeset parse(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        return new ChangesetParser(new ByteCursor(bytes, offset, length)).changeset();
    }

    /**
     * Reads a changeset that fills an array; a large one stays as it is, which takes a tenth of the memory. Its
     * instructions are made anew each time they are walked, so it should be walked in order, and by one thread.
     *
     * @param bytes not modified by anybody as long as the result is used
     * @throws MalformedChangesetException if it is none, in any of its instructions
     */
    public static Changeset parseSparingly(byte[] bytes) {
        return bytes.length < LARGE ? parse(bytes) : parseEncoded(bytes);
    }

    /** Reads a changeset of any size as a large one. */
    static Changeset parseEncoded(byte[] bytes) {
        return new ChangesetParser(whole(bytes)).encoded(bytes);
    }

    /** Reads bytes from their start that were read before. */
    static ChangesetParser again(byte[] bytes, DeclaredStrings strings) {
        ByteCursor in = whole(bytes);
        return new ChangesetParser(in, new ValueReader(in, strings));
    }

    private static ByteCursor whole(byte[] bytes) {
        return new ByteCursor(bytes, 0, bytes.length);
    }

    private Changeset encoded(byte[] bytes) {
        int count = 0;
        while (next() != null) {
            count++;
        }
        DeclaredStrings strings = values.strings();
        strings.complete();
        return new Changeset(strings.toList(), new EncodedInstructions(bytes, strings, count));
    }

    /** The next instruction; null at the end. */
    @Nullable Instruction next() {
        while (in.hasMore()) {
            long code = in.u64();
            if (code != DECLARATION) {
                return instruction(code);
            }
            values.declaration();
        }
        return null;
    }

    private Changeset changeset() {
        if (!in.hasMore()) {
            return Changeset.EMPTY;
        }
        List<Instruction> instructions = new ArrayList<>();
        for (Instruction each = next(); each != null; each = next()) {
            instructions.add(each);
        }
        return new Changeset(values.strings().toList(), Collections.unmodifiableList(instructions));
    }

    private Instruction instruction(long code) {
        if (code < 0 || code > 13) {
            throw in.malformed(Code.UNKNOWN_INSTRUCTION);
        }
        ByteString table = values.reference();
        return switch ((int) code) {
            case 0 -> addTable(table);
            case 1 -> new Instruction.EraseTable(table);
            case 2 -> new Instruction.CreateObject(table, values.key());
            case 3 -> new Instruction.EraseObject(table, values.key());
            case 6 -> addColumn(table, values.reference());
            case 7 -> new Instruction.EraseColumn(table, values.reference());
            default -> onPath((int) code, table, values.key(), values.reference(), path());
        };
    }

    private Instruction onPath(int code, ByteString table, ObjectKey key, ByteString field, List<PathElement> path) {
        return switch (code) {
            case 4 -> update(table, key, field, path);
            case 5 -> new Instruction.AddInteger(table, key, field, path, in.i64());
            case 8 -> new Instruction.ArrayInsert(table, key, field, element(path), values.value(), in.u32());
            case 9 -> new Instruction.ArrayMove(table, key, field, element(path), in.u32(), in.u32());
            case 10 -> new Instruction.ArrayErase(table, key, field, element(path), in.u32());
            case 11 -> new Instruction.Clear(table, key, field, path, collection());
            case 12 -> new Instruction.SetInsert(table, key, field, path, values.value());
            default -> new Instruction.SetErase(table, key, field, path, values.value(), values.position());
        };
    }

    private Instruction addTable(ByteString table) {
        int kind = in.u8();
        if (kind >= TABLE_KINDS.length) {
            throw in.malformed(Code.UNKNOWN_TABLE_KIND);
        }
        if (kind == TableKind.EMBEDDED.code()) {
            return new Instruction.AddTable(table, TableKind.EMBEDDED, null);
        }
        return new Instruction.AddTable(table, TABLE_KINDS[kind], primaryKey());
    }

    private PrimaryKey primaryKey() {
        ByteString field = values.reference();
        TypeCode type = values.type();
        if (!type.isPrimaryKeyType()) {
            throw in.malformed(Code.BAD_PRIMARY_KEY_TYPE);
        }
        return new PrimaryKey(field, type, in.bool());
    }

    private Instruction addColumn(ByteString table, ByteString field) {
        TypeCode type = values.type();
        boolean nullable = in.bool();
        CollectionType collection = collection();
        @Nullable ByteString linkTarget = type == TypeCode.LINK ? values.reference() : null;
        @Nullable TypeCode keyType = collection == CollectionType.DICTIONARY ? values.type() : null;
        return new Instruction.AddColumn(table, field, type, nullable, collection, linkTarget, keyType);
    }

    private CollectionType collection() {
        int code = in.u8();
        if (code >= COLLECTION_TYPES.length) {
            throw in.malformed(Code.UNKNOWN_COLLECTION_TYPE);
        }
        return COLLECTION_TYPES[code];
    }

    private Instruction update(ByteString table, ObjectKey key, ByteString field, List<PathElement> path) {
        Value value = values.value();
        if (!path.isEmpty() && path.getLast() instanceof PathElement.Index) {
            return new Instruction.Update(table, key, field, path, value, in.u32(), false);
        }
        return new Instruction.Update(table, key, field, path, value, 0, in.bool());
    }

    private List<PathElement> path() {
        long count = in.u32();
        if (count == 0) {
            return List.of();
        }
        if (count == 1) {
            return List.of(pathElement());
        }
        if (count > in.remaining()) {
            throw in.malformed(Code.INTEGER_TRUNCATED);
        }
        PathElement[] path = new PathElement[(int) count];
        for (int i = 0; i < path.length; i++) {
            path[i] = pathElement();
        }
        return Collections.unmodifiableList(Arrays.asList(path));
    }

    private PathElement pathElement() {
        long element = in.i64();
        if (element < 0) {
            return new PathElement.Key(values.reference());
        }
        if (element > 0xFFFF_FFFFL) {
            throw in.malformed(Code.PATH_NOT_AN_INDEX);
        }
        return element < SMALL_INDICES.length ? SMALL_INDICES[(int) element] : new PathElement.Index(element);
    }

    private List<PathElement> element(List<PathElement> path) {
        if (path.isEmpty() || !(path.getLast() instanceof PathElement.Index)) {
            throw in.malformed(Code.PATH_NOT_AN_INDEX);
        }
        return path;
    }
}
