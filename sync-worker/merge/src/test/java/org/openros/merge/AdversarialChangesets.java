// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.PathElement;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;

/**
 * Random changesets that get into each other's way: two classes, two objects, two fields, deep paths, schema changes.
 * They need not make sense, except that the sizes of lists are mostly right, for otherwise nothing but errors would
 * come out.
 */
final class AdversarialChangesets {
    private static final int SIZE = 6;

    private final Random random;
    private final boolean withSchema;
    private final Map<Instruction, Long> sizes = new HashMap<>();

    AdversarialChangesets(Random random, boolean withSchema) {
        this.random = random;
        this.withSchema = withSchema;
    }

    /** One to three changesets of one side, made one after the other on the state that both sides start from. */
    List<StampedChangeset> side(long firstIdent) {
        sizes.clear();
        List<StampedChangeset> changesets = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            changesets.add(new StampedChangeset(
                    i + 1, random.nextInt(5), firstIdent + 2L * random.nextInt(3), changeset()));
        }
        return changesets;
    }

    private Changeset changeset() {
        List<Instruction> instructions = new ArrayList<>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            instructions.add(instruction());
        }
        return new Changeset(List.of(), instructions);
    }

    private Instruction instruction() {
        if (withSchema && random.nextInt(5) == 0) {
            return schemaInstruction();
        }
        return switch (random.nextInt(14)) {
            case 0 -> new Instruction.CreateObject(table(), key());
            case 1 -> random.nextInt(3) == 0
                    ? new Instruction.EraseObject(table(), key())
                    : new Instruction.CreateObject(table(), key());
            case 2 -> new Instruction.AddInteger(table(), key(), name("f"), path(), random.nextInt(9));
            case 3 -> new Instruction.Clear(table(), key(), name("f"), path(), collection());
            case 4 -> new Instruction.SetInsert(table(), key(), name("f"), path(), value());
            case 5 -> new Instruction.SetErase(table(), key(), name("f"), path(), value(), null);
            case 6, 7, 8 -> update();
            default -> listInstruction();
        };
    }

    private Instruction schemaInstruction() {
        return switch (random.nextInt(8)) {
            case 0 -> new Instruction.EraseTable(table());
            case 1 -> new Instruction.EraseColumn(table(), name("f"));
            case 2, 3 -> new Instruction.AddTable(table(), TableKind.TOP_LEVEL, Instruction.PrimaryKey.NONE);
            case 4, 5 -> new Instruction.AddColumn(
                    table(), name("f"), TypeCode.INT, false, CollectionType.SINGLE, null, null);
            default -> new Instruction.AddColumn(
                    table(), name("l"), TypeCode.LINK, true, CollectionType.SINGLE, ByteString.of("T0"), null);
        };
    }

    private Instruction update() {
        List<PathElement> path = path();
        Instruction.Update update = new Instruction.Update(table(), key(), name("f"), path, value(), 0, false);
        if (!update.isElement()) {
            boolean isDefault = random.nextInt(4) == 0;
            return new Instruction.Update(
                    update.table(), update.key(), update.field(), path, update.value(), 0, isDefault);
        }
        return new Instruction.Update(
                update.table(), update.key(), update.field(), path, update.value(), SIZE, false);
    }

    /** Keeps lists short of running empty, so that indices below three always exist. */
    private Instruction listInstruction() {
        List<PathElement> path = new ArrayList<>(path());
        path.add(index());
        ByteString table = table();
        ObjectKey key = key();
        ByteString field = name("f");
        List<PathElement> container = path.subList(0, path.size() - 1);
        Instruction place = new Instruction.AddInteger(table, key, field, List.copyOf(container), 0);
        long size = sizes.getOrDefault(place, (long) SIZE);
        List<PathElement> element = List.copyOf(path);
        if (random.nextInt(3) == 0) {
            return new Instruction.ArrayMove(table, key, field, element, random.nextInt(4), size);
        }
        if (size > 4 && random.nextBoolean()) {
            sizes.put(place, size - 1);
            return new Instruction.ArrayErase(table, key, field, element, size);
        }
        sizes.put(place, size + 1);
        return new Instruction.ArrayInsert(table, key, field, element, value(), size);
    }

    private ByteString table() {
        return name("T");
    }

    private ByteString name(String prefix) {
        return ByteString.of(prefix + random.nextInt(2));
    }

    private ObjectKey key() {
        return new ObjectKey.Int(random.nextInt(2));
    }

    private List<PathElement> path() {
        List<PathElement> path = new ArrayList<>();
        while (path.size() < 3 && random.nextInt(3) != 0) {
            path.add(random.nextInt(3) == 0 ? index() : new PathElement.Key(name("k")));
        }
        return List.copyOf(path);
    }

    private PathElement index() {
        return new PathElement.Index(random.nextInt(3));
    }

    private CollectionType collection() {
        return random.nextBoolean() ? CollectionType.LIST : CollectionType.DICTIONARY;
    }

    private Value value() {
        return switch (random.nextInt(7)) {
            case 0 -> Value.Marker.LIST;
            case 1 -> Value.Marker.DICTIONARY;
            case 2 -> Value.Marker.OBJECT;
            case 3 -> Value.Marker.NULL;
            case 4 -> new Value.Str(name("v"));
            default -> new Value.Int(random.nextInt(3));
        };
    }
}
