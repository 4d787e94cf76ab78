// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

import java.util.ArrayList;
import java.util.List;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.ChangesetParser;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.history.Operation;

/**
 * The operations of a history as changesets, for a part of the schema that the stock clients use: an insert makes an
 * {@code Item}, an increment adds to the {@code count} of a {@code Counter}.
 */
final class Changes {
    /** Counters of a realm; their keys begin at 1. */
    static final int COUNTERS = 3;

    private static final ByteString ITEM = ByteString.of("Item");
    private static final ByteString COUNTER = ByteString.of("Counter");
    private static final ByteString KEY = ByteString.of("_id");
    private static final ByteString TEXT = ByteString.of("text");
    private static final ByteString COUNT = ByteString.of("count");

    private Changes() {}

    /** The changeset with which every client begins. */
    static byte[] schema() {
        List<Instruction> instructions = new ArrayList<>(List.of(
                table(ITEM, TypeCode.STRING),
                new Instruction.AddColumn(ITEM, TEXT, TypeCode.STRING, true, CollectionType.SINGLE, null, null),
                table(COUNTER, TypeCode.INT),
                new Instruction.AddColumn(COUNTER, COUNT, TypeCode.INT, false, CollectionType.SINGLE, null, null)));
        for (int i = 1; i <= COUNTERS; i++) {
            instructions.add(new Instruction.CreateObject(COUNTER, new ObjectKey.Int(i)));
        }
        return ChangesetEncoder.encode(new Changeset(List.of(), instructions));
    }

    private static Instruction table(ByteString name, TypeCode key) {
        return new Instruction.AddTable(name, TableKind.TOP_LEVEL, new Instruction.PrimaryKey(KEY, key, false));
    }

    /** The changeset that does an operation. */
    static byte[] encode(Operation operation) {
        return ChangesetEncoder.encode(new Changeset(List.of(), switch (operation) {
            case Operation.Insert insert -> insert(new ObjectKey.Str(ByteString.of(insert.key())), insert.key());
            case Operation.Increment increment -> List.of(new Instruction.AddInteger(COUNTER,
                    new ObjectKey.Int(Long.parseLong(increment.counter())), COUNT, List.of(), increment.by()));
        }));
    }

    private static List<Instruction> insert(ObjectKey key, String text) {
        return List.of(
                new Instruction.CreateObject(ITEM, key),
                new Instruction.Update(ITEM, key, TEXT, List.of(), new Value.Str(ByteString.of("text of " + text)),
                        0, false));
    }

    /** Applies a changeset of another client as far as it does operations. */
    static void apply(byte[] changeset, Content content) {
        for (Instruction instruction : ChangesetParser.parse(changeset).instructions()) {
            if (instruction instanceof Instruction.CreateObject created
                    && created.table().equals(ITEM)
                    && created.key() instanceof ObjectKey.Str key) {
                content.insert(key.value().toString());
            } else if (instruction instanceof Instruction.AddInteger added
                    && added.key() instanceof ObjectKey.Int counter) {
                content.increment(Long.toString(counter.value()), added.amount());
            }
        }
    }
}
