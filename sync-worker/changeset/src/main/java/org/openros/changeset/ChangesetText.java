// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import org.openros.changeset.Instruction.PrimaryKey;

/**
 * One line of text per instruction, for people and logs (changeset format, section 6.2). Texts of clients cannot break
 * the line: what is not printable is escaped, and long values are cut.
 */
public final class ChangesetText {
    private ChangesetText() {}

    /** All instructions, one per line, each line ended. */
    public static String of(Changeset changeset) {
        StringBuilder text = new StringBuilder();
        for (Instruction instruction : changeset.instructions()) {
            append(instruction, text);
            text.append('\n');
        }
        return text.toString();
    }

    /** One instruction, without the end of the line. */
    public static String of(Instruction instruction) {
        StringBuilder text = new StringBuilder();
        append(instruction, text);
        return text.toString();
    }

    private static void append(Instruction instruction, StringBuilder text) {
        text.append(instruction.getClass().getSimpleName()).append(' ');
        ValueText values = new ValueText(text);
        values.name(instruction.table());
        switch (instruction) {
            case Instruction.AddTable i -> text.append(definition(i));
            case Instruction.EraseTable _ -> {}
            case Instruction.AddColumn i -> {
                field(i.field(), values, text);
                column(i, values, text);
            }
            case Instruction.EraseColumn i -> field(i.field(), values, text);
            case Instruction.OnObject i -> {
                text.append('[');
                values.key(i.key());
                text.append(']');
                if (i instanceof Instruction.OnPath onPath) {
                    target(onPath, values, text);
                    effect(onPath, values, text);
                }
            }
        }
    }

    private static String definition(Instruction.AddTable i) {
        PrimaryKey key = i.primaryKey();
        if (key == null) {
            return " embedded";
        }
        StringBuilder text = new StringBuilder();
        if (key.type() == TypeCode.GLOBAL_KEY) {
            text.append(" keyless");
        } else {
            text.append(" key ");
            new ValueText(text).name(key.field());
            text.append(':').append(key.type().notation()).append(key.nullable() ? "?" : "");
        }
        return text.append(i.kind() == TableKind.ASYMMETRIC ? " asymmetric" : "").toString();
    }

    private static void column(Instruction.AddColumn i, ValueText values, StringBuilder text) {
        text.append(" : ");
        boolean isCollection = i.collection() != CollectionType.SINGLE;
        if (isCollection) {
            text.append(JsonMembers.notation(i.collection())).append('<');
        }
        text.append(i.type().notation());
        ByteString linkTarget = i.linkTarget();
        if (linkTarget != null) {
            text.append(' ');
            values.name(linkTarget);
        }
        text.append(i.nullable() ? "?" : "").append(isCollection ? ">" : "");
    }

    private static void field(ByteString field, ValueText values, StringBuilder text) {
        text.append('.');
        values.name(field);
    }

    private static void target(Instruction.OnPath i, ValueText values, StringBuilder text) {
        field(i.field(), values, text);
        for (PathElement element : i.path()) {
            text.append('[');
            switch (element) {
                case PathElement.Index index -> text.append(index.value());
                case PathElement.Key key -> values.quoted(key.name());
            }
            text.append(']');
        }
    }

    private static void effect(Instruction.OnPath instruction, ValueText values, StringBuilder text) {
        switch (instruction) {
            case Instruction.Update i -> {
                assign(" = ", i.value(), values, text);
                if (i.isElement()) {
                    size(i.priorSize(), text);
                } else if (i.isDefault()) {
                    text.append(" (default)");
                }
            }
            case Instruction.AddInteger i -> text.append(" += ").append(i.amount());
            case Instruction.ArrayInsert i -> {
                assign(" = ", i.value(), values, text);
                size(i.priorSize(), text);
            }
            case Instruction.ArrayMove i -> size(i.priorSize(), text.append(" -> ").append(i.to()));
            case Instruction.ArrayErase i -> size(i.priorSize(), text);
            case Instruction.Clear i -> text.append(" as ").append(JsonMembers.notation(i.collection()));
            case Instruction.SetInsert i -> assign(" + ", i.value(), values, text);
            case Instruction.SetErase i -> assign(" - ", i.value(), values, text);
        }
    }

    private static void assign(String sign, Value value, ValueText values, StringBuilder text) {
        text.append(sign);
        values.value(value);
    }

    private static void size(long priorSize, StringBuilder text) {
        text.append(" (size ").append(priorSize).append(')');
    }
}
