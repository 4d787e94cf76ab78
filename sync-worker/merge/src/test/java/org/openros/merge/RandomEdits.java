// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetJson;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.PathElement;
import org.openros.changeset.Value;
import org.openros.changeset.state.ObjectState;
import tools.jackson.databind.JsonNode;

/**
 * What one user does: random transactions that make sense on the state they are made on. Left out is what does not
 * converge between stock clients (merge rules, section 8): moves, and clearing of elements, in lists of structured
 * elements, erasing equal-looking strings from sets, re-creating embedded objects and collections under an existing
 * key, and destructive schema changes. So is assigning null in lists of mixed values, which does nothing over a
 * dangling link.
 */
final class RandomEdits {
    private static final int KEYS = 2;
    private static final int MANY = 6;

    private final Random random;
    private final long self;
    private long counter;
    private final ObjectState state;
    private List<Instruction> made = new ArrayList<>();

    /**
     * A user.
     *
     * @param self file identifier, for the keys of objects without primary key
     */
    RandomEdits(Random random, long self, ObjectState state) {
        this.random = random;
        this.self = self;
        this.state = state;
    }

    /** Makes a transaction on the state, which has it applied afterwards. */
    Changeset transaction() {
        made = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        while (made.size() < count) {
            edit();
        }
        return new Changeset(List.of(), List.copyOf(made));
    }

    private void make(Instruction instruction) {
        state.apply(new Changeset(List.of(), List.of(instruction)));
        made.add(instruction);
    }

    private void edit() {
        if (random.nextInt(5) == 0) {
            editKeyless();
            return;
        }
        ObjectKey key = new ObjectKey.Int(random.nextInt(KEYS));
        JsonNode object = state.object(SampleSchema.OBJECTS, key);
        if (object == null) {
            make(new Instruction.CreateObject(SampleSchema.OBJECTS, key));
        } else if (random.nextInt(25) == 0) {
            make(new Instruction.EraseObject(SampleSchema.OBJECTS, key));
        } else {
            new Fields(SampleSchema.OBJECTS, key, object.path("fields")).edit();
        }
    }

    private void editKeyless() {
        List<ObjectKey> keys = new ArrayList<>();
        for (JsonNode object : state.objects(SampleSchema.KEYLESS, null, MANY).objects()) {
            keys.add(ChangesetJson.readKey(object.path("pk")));
        }
        if (keys.size() < 2) {
            make(new Instruction.CreateObject(SampleSchema.KEYLESS, new ObjectKey.Global(self, counter++)));
            return;
        }
        ObjectKey key = keys.get(random.nextInt(keys.size()));
        JsonNode object = state.object(SampleSchema.KEYLESS, key);
        if (random.nextInt(6) == 0 || object == null) {
            make(new Instruction.EraseObject(SampleSchema.KEYLESS, key));
        } else {
            JsonNode fields = object.path("fields");
            Fields place = new Fields(SampleSchema.KEYLESS, key, fields);
            if (random.nextBoolean()) {
                place.number("i");
            } else {
                place.numbers("li", List.of(), fields.path("li").path("list"));
            }
        }
    }

    private Value number() {
        return new Value.Int(random.nextInt(MANY));
    }

    private Value scalar() {
        return switch (random.nextInt(4)) {
            case 0 -> Value.Marker.NULL;
            case 1 -> new Value.Str(ByteString.of("s" + random.nextInt(MANY)));
            case 2 -> new Value.Link(SampleSchema.OBJECTS, new ObjectKey.Int(random.nextInt(KEYS)));
            default -> number();
        };
    }

    /** Not null: over a dangling link in a list of mixed values it does nothing, and whether it dangles is a race. */
    private Value replacement() {
        return random.nextBoolean() ? number() : new Value.Str(ByteString.of("e" + random.nextInt(MANY)));
    }

    private static PathElement at(int index) {
        return new PathElement.Index(index);
    }

    private static PathElement key(String name) {
        return new PathElement.Key(ByteString.of(name));
    }

    private static List<PathElement> below(List<PathElement> path, PathElement... more) {
        List<PathElement> all = new ArrayList<>(path);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    /** Edits of one object's fields. */
    private final class Fields {
        private final ByteString table;
        private final ObjectKey object;
        private final JsonNode fields;

        Fields(ByteString table, ObjectKey object, JsonNode fields) {
            this.table = table;
            this.object = object;
            this.fields = fields;
        }

        void edit() {
            switch (random.nextInt(12)) {
                case 0 -> number("i");
                case 1 -> mixed();
                case 2 -> mixedDictionary();
                case 3 -> update("lk", List.of(), link());
                case 4, 5 -> numbers("li", List.of(), fields.path("li").path("list"));
                case 6 -> mixedList(fields.path("lm").path("list"));
                case 7 -> dictionary("di", fields.path("di").path("dictionary"), false);
                case 8 -> set(fields.path("si").path("set"));
                case 9 -> embedded();
                case 10 -> embeddedList(fields.path("le").path("list"));
                default -> embeddedDictionary(fields.path("de").path("dictionary"));
            }
        }

        void number(String field) {
            if (random.nextBoolean()) {
                make(new Instruction.AddInteger(table, object, name(field), List.of(), 1 + random.nextInt(9)));
            } else {
                update(field, List.of(), RandomEdits.this.number());
            }
        }

        private Value link() {
            return random.nextInt(4) == 0
                    ? Value.Marker.NULL
                    : new Value.Link(SampleSchema.OBJECTS, new ObjectKey.Int(random.nextInt(KEYS)));
        }

        private void mixed() {
            JsonNode value = fields.path("m");
            if (value.has("int") && random.nextBoolean()) {
                make(new Instruction.AddInteger(table, object, name("m"), List.of(), 5));
            } else {
                update("m", List.of(), scalar());
            }
        }

        private void mixedDictionary() {
            JsonNode value = fields.path("md");
            if (!value.has("dictionary")) {
                update("md", List.of(), Value.Marker.DICTIONARY);
            } else if (random.nextInt(10) == 0) {
                clear("md", CollectionType.DICTIONARY);
            } else {
                dictionary("md", value.path("dictionary"), true);
            }
        }

        private void dictionary(String field, JsonNode entries, boolean mixed) {
            String name = "k" + random.nextInt(3);
            if (!mixed && random.nextInt(10) == 0) {
                clear(field, CollectionType.DICTIONARY);
            } else if (entries.has(name) && random.nextInt(3) == 0) {
                update(field, List.of(key(name)), Value.Marker.ERASED);
            } else {
                update(field, List.of(key(name)), mixed ? scalar() : RandomEdits.this.number());
            }
        }

        private void set(JsonNode elements) {
            int choice = random.nextInt(10);
            if (choice == 0) {
                clear("si", CollectionType.SET);
            } else if (choice < 6 || elements.isEmpty()) {
                make(new Instruction.SetInsert(table, object, name("si"), List.of(), RandomEdits.this.number()));
            } else {
                make(new Instruction.SetErase(
                        table, object, name("si"), List.of(), RandomEdits.this.number(), null));
            }
        }

        /** A list of integers, in an object or an embedded one: everything goes. */
        void numbers(String field, List<PathElement> path, JsonNode list) {
            int size = list.size();
            int choice = random.nextInt(12);
            if (choice == 0 && path.isEmpty()) {
                clear(field, CollectionType.LIST);
            } else if (size == 0 || (choice < 5 && size < MANY)) {
                insert(field, below(path, at(random.nextInt(size + 1))), RandomEdits.this.number(), size);
            } else if (choice < 7) {
                erase(field, below(path, at(random.nextInt(size))), size);
            } else if (choice < 9 && size > 1) {
                int from = random.nextInt(size);
                int to = (from + 1 + random.nextInt(size - 1)) % size;
                make(new Instruction.ArrayMove(table, object, name(field), below(path, at(from)), to, size));
            } else {
                element(field, below(path, at(random.nextInt(size))), RandomEdits.this.number(), size);
            }
        }

        private void mixedList(JsonNode list) {
            int size = list.size();
            int choice = random.nextInt(12);
            int index = size == 0 ? 0 : random.nextInt(size);
            if (choice == 0) {
                clear("lm", CollectionType.LIST);
            } else if (size == 0 || (choice < 4 && size < MANY)) {
                Value value = random.nextBoolean() ? Value.Marker.LIST : scalar();
                insert("lm", List.of(at(random.nextInt(size + 1))), value, size);
            } else if (choice < 6) {
                erase("lm", List.of(at(index)), size);
            } else if (list.path(index).has("list")) {
                nested("lm", List.of(at(index)), list.path(index).path("list"));
            } else {
                element("lm", List.of(at(index)), replacement(), size);
            }
        }

        private void nested(String field, List<PathElement> path, JsonNode list) {
            int size = list.size();
            if (size == 0 || random.nextInt(3) == 0) {
                insert(field, below(path, at(random.nextInt(size + 1))), scalar(), size);
            } else if (random.nextInt(3) == 0) {
                erase(field, below(path, at(random.nextInt(size))), size);
            } else {
                element(field, below(path, at(random.nextInt(size))), replacement(), size);
            }
        }

        private void embedded() {
            JsonNode value = fields.path("e").path("embedded");
            if (value.isMissingNode()) {
                update("e", List.of(), Value.Marker.OBJECT);
            } else if (random.nextInt(8) == 0) {
                update("e", List.of(), Value.Marker.NULL);
            } else {
                inside("e", List.of(), value);
            }
        }

        private void embeddedList(JsonNode list) {
            int size = list.size();
            int index = size == 0 ? 0 : random.nextInt(size);
            int choice = random.nextInt(10);
            if (choice == 0) {
                clear("le", CollectionType.LIST);
            } else if (size == 0 || (choice < 3 && size < MANY)) {
                insert("le", List.of(at(random.nextInt(size + 1))), Value.Marker.OBJECT, size);
            } else if (choice < 5) {
                erase("le", List.of(at(index)), size);
            } else {
                inside("le", List.of(at(index)), list.path(index).path("embedded"));
            }
        }

        private void embeddedDictionary(JsonNode entries) {
            List<String> names = new ArrayList<>(entries.propertyNames());
            if (names.isEmpty() || random.nextInt(4) == 0) {
                update("de", List.of(key("k" + self + "-" + counter++)), Value.Marker.OBJECT);
                return;
            }
            String name = names.get(random.nextInt(names.size()));
            JsonNode value = entries.path(name).path("embedded");
            if (random.nextInt(5) == 0 || value.isMissingNode()) {
                update("de", List.of(key(name)), Value.Marker.ERASED);
            } else {
                inside("de", List.of(key(name)), value);
            }
        }

        private void inside(String field, List<PathElement> path, JsonNode embedded) {
            if (random.nextBoolean()) {
                update(field, below(path, key("i")), RandomEdits.this.number());
            } else {
                JsonNode list = embedded.path("li").path("list");
                numbers(field, below(path, key("li")), list);
            }
        }

        private void update(String field, List<PathElement> path, Value value) {
            boolean isDefault = path.isEmpty() && random.nextInt(8) == 0;
            make(new Instruction.Update(table, object, name(field), path, value, 0, isDefault));
        }

        private void element(String field, List<PathElement> path, Value value, int size) {
            make(new Instruction.Update(table, object, name(field), path, value, size, false));
        }

        private void insert(String field, List<PathElement> path, Value value, int size) {
            make(new Instruction.ArrayInsert(table, object, name(field), path, value, size));
        }

        private void erase(String field, List<PathElement> path, int size) {
            make(new Instruction.ArrayErase(table, object, name(field), path, size));
        }

        private void clear(String field, CollectionType collection) {
            make(new Instruction.Clear(table, object, name(field), List.of(), collection));
        }

        private static ByteString name(String field) {
            return ByteString.of(field);
        }
    }
}
