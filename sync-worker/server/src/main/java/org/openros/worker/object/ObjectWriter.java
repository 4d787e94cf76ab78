// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openros.changeset.ByteString;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.PathElement;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.changeset.state.ClassDefinition;
import org.openros.changeset.state.PropertyDefinition;

/**
 * Finds the instructions that turn one content of an object into another. They touch only what differs, so that what
 * devices change elsewhere in the object at the same time stays (changeset format, section 4.3).
 */
final class ObjectWriter {
    private final ByteString table;
    private final ObjectKey key;
    private final Classes classes;
    private final List<Instruction> instructions = new ArrayList<>();

    private ObjectWriter(ByteString table, ObjectKey key, Classes classes) {
        this.table = table;
        this.key = key;
        this.classes = classes;
    }

    /**
     * The instructions between two contents.
     *
     * @param after the fields that shall have a content; the others stay
     * @param isNew whether the object has just been made: then fields are written even if they have their content
     *     already
     */
    static List<Instruction> between(
            ClassDefinition definition,
            ObjectKey key,
            Classes classes,
            SortedMap<String, Content> before,
            SortedMap<String, Content> after,
            boolean isNew) {
        ObjectWriter writer = new ObjectWriter(definition.name(), key, classes);
        after.forEach((name, content) -> {
            ByteString field = ByteString.of(name);
            PropertyDefinition property = property(definition, field);
            writer.write(new Place(field, List.of(), 0), property, before.getOrDefault(name, Content.NULL),
                    content, isNew);
        });
        return writer.instructions;
    }

    private static PropertyDefinition property(ClassDefinition definition, ByteString name) {
        PropertyDefinition property = definition.properties().get(name);
        if (property == null) {
            throw new IllegalStateException("no property " + name);
        }
        return property;
    }

    /**
     * Where an instruction acts.
     *
     * @param size of the list, if it is an element of one
     */
    private record Place(ByteString field, List<PathElement> path, long size) {
        Place named(String name) {
            return below(new PathElement.Key(ByteString.of(name)), 0);
        }

        Place at(int index, int size) {
            return below(new PathElement.Index(index), size);
        }

        private Place below(PathElement element, long size) {
            List<PathElement> longer = new ArrayList<>(path);
            longer.add(element);
            return new Place(field, List.copyOf(longer), size);
        }
    }

    private void write(Place place, PropertyDefinition property, Content before, Content after, boolean isNew) {
        switch (property.collection()) {
            case SINGLE -> writeValue(place, property, before, after, isNew);
            case LIST -> writeList(place, property, elements(before), elements(after));
            case SET -> writeSet(place, members(before), members(after));
            case DICTIONARY -> writeDictionary(place, property, entries(before), entries(after));
        }
    }

    private static List<Content> elements(Content content) {
        return content instanceof Content.Elements(List<Content> elements) ? elements : List.of();
    }

    private static List<Value> members(Content content) {
        return content instanceof Content.Members(List<Value> members) ? members : List.of();
    }

    private static SortedMap<String, Content> entries(Content content) {
        return content instanceof Content.Entries(SortedMap<String, Content> entries) ? entries : new TreeMap<>();
    }

    private void writeValue(Place place, PropertyDefinition property, Content before, Content after, boolean isNew) {
        if (after instanceof Content.Scalar(Value value)) {
            if (isNew || !after.equals(before)) {
                update(place, value);
            }
            return;
        }
        boolean isThere = before.getClass().equals(after.getClass());
        if (!isThere) {
            update(place, marker(after));
        }
        fill(place, property, isThere ? before : after, after, isThere);
    }

    private static Value marker(Content content) {
        return switch (content) {
            case Content.Embedded embedded -> Value.Marker.OBJECT;
            case Content.Elements elements -> Value.Marker.LIST;
            case Content.Entries entries -> Value.Marker.DICTIONARY;
            case Content.Scalar(Value value) -> value;
            case Content.Members members -> throw new IllegalStateException("a set inside of a value");
        };
    }

    /** Writes what is inside of an embedded object or nested collection; of an empty one if it was not there before. */
    private void fill(Place place, PropertyDefinition property, Content before, Content after, boolean wasThere) {
        switch (after) {
            case Content.Embedded embedded -> {
                ClassDefinition target = classes.target(property.target());
                SortedMap<String, Content> old = wasThere ? fields(before) : ObjectJson.defaults(target);
                embedded.fields().forEach((name, content) -> write(
                        place.named(name),
                        property(target, ByteString.of(name)),
                        old.getOrDefault(name, Content.NULL),
                        content,
                        false));
            }
            case Content.Elements list ->
                writeList(place, property, wasThere ? elements(before) : List.of(), list.elements());
            case Content.Entries dictionary ->
                writeDictionary(place, property, wasThere ? entries(before) : new TreeMap<>(), dictionary.entries());
            case Content.Scalar scalar -> {}
            case Content.Members members -> {}
        }
    }

    private static SortedMap<String, Content> fields(Content content) {
        return content instanceof Content.Embedded(SortedMap<String, Content> fields) ? fields : new TreeMap<>();
    }

    // --- lists --------------------------------------------------------------------------------------------------

    private void writeList(Place place, PropertyDefinition property, List<Content> before, List<Content> after) {
        if (after.isEmpty()) {
            clear(place, before.isEmpty(), CollectionType.LIST);
            return;
        }
        int start = 0;
        int shorter = Math.min(before.size(), after.size());
        while (start < shorter && before.get(start).equals(after.get(start))) {
            start++;
        }
        int same = 0;
        while (same < shorter - start
                && before.get(before.size() - 1 - same).equals(after.get(after.size() - 1 - same))) {
            same++;
        }
        ListEdit list = new ListEdit(place, property, before.size());
        list.replace(start, before.subList(start, before.size() - same), after.subList(start, after.size() - same));
    }

    /** A list that is being changed. */
    private final class ListEdit {
        private final Place place;
        private final PropertyDefinition property;
        private int size;

        ListEdit(Place place, PropertyDefinition property, int size) {
            this.place = place;
            this.property = property;
            this.size = size;
        }

        void replace(int start, List<Content> old, List<Content> wanted) {
            int shorter = Math.min(old.size(), wanted.size());
            for (int i = 0; i < shorter; i++) {
                set(start + i, old.get(i), wanted.get(i));
            }
            for (int i = shorter; i < old.size(); i++) {
                erase(start + shorter);
            }
            for (int i = shorter; i < wanted.size(); i++) {
                insert(start + i, wanted.get(i));
            }
        }

        /** Clients take null over a link to a missing object for no change, but only in lists of mixed values. */
        private void set(int index, Content old, Content wanted) {
            boolean isIgnored = property.type() == TypeCode.NULL
                    && wanted.equals(Content.NULL)
                    && old instanceof Content.Scalar(Value.Link link);
            if (isIgnored) {
                erase(index);
                insert(index, wanted);
            } else {
                writeValue(place.at(index, size), property, old, wanted, false);
            }
        }

        private void erase(int index) {
            Place at = place.at(index, size--);
            instructions.add(new Instruction.ArrayErase(table, key, at.field(), at.path(), at.size()));
        }

        private void insert(int index, Content wanted) {
            Place at = place.at(index, size++);
            instructions.add(
                    new Instruction.ArrayInsert(table, key, at.field(), at.path(), marker(wanted), at.size()));
            fill(at, property, wanted, wanted, false);
        }
    }

    // --- sets and dictionaries ----------------------------------------------------------------------------------

    private void writeSet(Place place, List<Value> before, List<Value> after) {
        if (after.isEmpty()) {
            clear(place, before.isEmpty(), CollectionType.SET);
            return;
        }
        Set<Value> old = new HashSet<>(before);
        Set<Value> wanted = new HashSet<>(after);
        before.stream()
                .filter(member -> !wanted.contains(member))
                .forEach(member -> instructions.add(
                        new Instruction.SetErase(table, key, place.field(), place.path(), member, null)));
        after.stream()
                .filter(member -> !old.contains(member))
                .forEach(member -> instructions.add(
                        new Instruction.SetInsert(table, key, place.field(), place.path(), member)));
    }

    private void writeDictionary(
            Place place,
            PropertyDefinition property,
            SortedMap<String, Content> before,
            SortedMap<String, Content> after) {
        if (after.isEmpty()) {
            clear(place, before.isEmpty(), CollectionType.DICTIONARY);
            return;
        }
        before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .forEach(name -> update(place.named(name), Value.Marker.ERASED));
        after.forEach((name, content) -> {
            Content old = before.get(name);
            writeValue(place.named(name), property, old == null ? Content.NULL : old, content, old == null);
        });
    }

    // --- instructions -------------------------------------------------------------------------------------------

    private void clear(Place place, boolean isEmpty, CollectionType collection) {
        if (!isEmpty) {
            instructions.add(new Instruction.Clear(table, key, place.field(), place.path(), collection));
        }
    }

    private void update(Place place, Value value) {
        instructions.add(
                new Instruction.Update(table, key, place.field(), place.path(), value, place.size(), false));
    }
}
