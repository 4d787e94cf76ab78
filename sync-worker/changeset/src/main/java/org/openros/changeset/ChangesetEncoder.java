// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.openros.changeset.Instruction.PrimaryKey;

/**
 * Writes changesets in the form that servers store (changeset format, section 4.2): all strings of the table in their
 * order, used or not, then the instructions. Names that instructions use and the table lacks follow at its end, in
 * order of first use. For bytes in that form, parsing and encoding is the identity.
 */
public final class ChangesetEncoder {
    private static final byte[] NOTHING = {};

    private final EncodedStrings strings;
    private final ByteSink out;

    private ChangesetEncoder(EncodedStrings strings, int capacity) {
        this.strings = strings;
        this.out = new ByteSink(capacity);
    }

    /**
     * The bytes of a changeset; none if it has no instruction, even if it has strings.
     *
     * @throws IllegalArgumentException if the string table has a string twice
     */
    public static byte[] encode(Changeset changeset) {
        if (changeset.isEmpty()) {
            return NOTHING;
        }
        // What is large must not grow by doubling.
        int capacity = changeset.instructions() instanceof EncodedInstructions encoded ? encoded.length() : 128;
        ChangesetEncoder encoder = new ChangesetEncoder(new EncodedStrings(changeset.strings()), capacity);
        for (Instruction instruction : changeset.instructions()) {
            encoder.instruction(instruction);
        }
        return encoder.bytes();
    }

    private byte[] bytes() {
        ByteSink declarations = strings.declarations();
        byte[] bytes = new byte[Math.addExact(declarations.size(), out.size())];
        declarations.copyTo(bytes, 0);
        out.copyTo(bytes, declarations.size());
        return bytes;
    }

    private void instruction(Instruction instruction) {
        switch (instruction) {
            case Instruction.AddTable i -> addTable(i);
            case Instruction.EraseTable i -> start(1, i.table());
            case Instruction.CreateObject i -> object(2, i);
            case Instruction.EraseObject i -> object(3, i);
            case Instruction.Update i -> update(i);
            case Instruction.AddInteger i -> {
                target(5, i);
                out.signed(i.amount());
            }
            case Instruction.AddColumn i -> addColumn(i);
            case Instruction.EraseColumn i -> {
                start(7, i.table());
                name(i.field());
            }
            case Instruction.ArrayInsert i -> {
                target(8, i);
                value(i.value());
                out.unsigned(i.priorSize());
            }
            case Instruction.ArrayMove i -> {
                target(9, i);
                out.unsigned(i.to());
                out.unsigned(i.priorSize());
            }
            case Instruction.ArrayErase i -> {
                target(10, i);
                out.unsigned(i.priorSize());
            }
            case Instruction.Clear i -> {
                target(11, i);
                out.unsigned(i.collection().code());
            }
            case Instruction.SetInsert i -> {
                target(12, i);
                value(i.value());
            }
            case Instruction.SetErase i -> {
                target(13, i);
                value(i.value());
            }
        }
    }

    private void addTable(Instruction.AddTable i) {
        start(0, i.table());
        out.unsigned(i.kind().code());
        PrimaryKey key = i.primaryKey();
        if (i.kind() != TableKind.EMBEDDED) {
            PrimaryKey present = Objects.requireNonNull(key, "primary key of a class that is not embedded");
            name(present.field());
            out.signed(present.type().code());
            out.bool(present.nullable());
        }
    }

    private void addColumn(Instruction.AddColumn i) {
        start(6, i.table());
        name(i.field());
        out.signed(i.type().code());
        out.bool(i.nullable());
        out.unsigned(i.collection().code());
        if (i.type() == TypeCode.LINK) {
            name(Objects.requireNonNull(i.linkTarget(), "target of a link column"));
        }
        if (i.collection() == CollectionType.DICTIONARY) {
            out.signed(Objects.requireNonNull(i.keyType(), "key type of a dictionary column").code());
        }
    }

    private void update(Instruction.Update i) {
        target(4, i);
        value(i.value());
        if (i.isElement()) {
            out.unsigned(i.priorSize());
        } else {
            out.bool(i.isDefault());
        }
    }

    private void start(int code, ByteString table) {
        out.unsigned(code);
        name(table);
    }

    private void object(int code, Instruction.OnObject i) {
        start(code, i.table());
        key(i.key());
    }

    private void target(int code, Instruction.OnPath i) {
        object(code, i);
        name(i.field());
        List<PathElement> path = i.path();
        out.unsigned(path.size());
        for (PathElement element : path) {
            switch (element) {
                case PathElement.Index index -> out.signed(index.value());
                case PathElement.Key key -> {
                    out.signed(-1);
                    name(key.name());
                }
            }
        }
    }

    private void name(ByteString name) {
        out.unsigned(strings.indexOf(name));
    }

    private void key(ObjectKey key) {
        out.signed(key.type().code());
        switch (key) {
            case ObjectKey.Null _ -> {}
            case ObjectKey.Int k -> out.signed(k.value());
            case ObjectKey.Str k -> name(k.value());
            case ObjectKey.Oid k -> objectId(k.value());
            case ObjectKey.Uuid k -> uuid(k.value());
            case ObjectKey.Global k -> {
                out.unsigned(k.high());
                out.unsigned(k.low());
            }
        }
    }

    private void value(Value value) {
        out.signed(value.type().code());
        switch (value) {
            case Value.Marker _ -> {}
            case Value.Int v -> out.signed(v.value());
            case Value.Bool v -> out.bool(v.value());
            case Value.Str v -> out.text(v.value());
            case Value.Binary v -> out.text(v.value());
            case Value.Timestamp v -> {
                out.signed(v.seconds());
                out.signed(v.nanoseconds());
            }
            case Value.Float v -> out.littleInt(v.bits());
            case Value.Double v -> out.littleLong(v.bits());
            case Value.Decimal v -> {
                out.coefficient(v.coefficient());
                out.signed(v.exponent());
                out.unsigned(v.negative() ? 1 : 0);
            }
            case Value.Link v -> {
                name(v.table());
                key(v.key());
            }
            case Value.Oid v -> objectId(v.value());
            case Value.Uuid v -> uuid(v.value());
        }
    }

    private void objectId(ObjectId id) {
        out.bigLong(id.high());
        out.bigInt(id.low());
    }

    private void uuid(UUID uuid) {
        out.bigLong(uuid.getMostSignificantBits());
        out.bigLong(uuid.getLeastSignificantBits());
    }
}
