// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Instruction;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.Value;
import org.openros.changeset.state.ApplyException;
import org.openros.changeset.state.ClassDefinition;
import org.openros.changeset.state.PropertyDefinition;
import org.openros.worker.realm.RealmEdit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Carries out operations on the objects of a realm, in its actor. What goes wrong ends in an error reply. */
final class ObjectEdit {
    /** The creator of objects that the server makes (changeset format, section 5). */
    private static final long SERVER = 1;

    private static final long NUMBERS = 1L << 32;
    private static final int MOST_INSTRUCTIONS = 200_000;

    private final RealmEdit edit;
    private final Classes classes;
    private final ObjectJson json;

    ObjectEdit(RealmEdit edit) {
        this.edit = edit;
        this.classes = new Classes(edit.reader());
        this.json = new ObjectJson(classes);
    }

    /** What became of an object. */
    enum Effect {
        CREATED,
        UPDATED,
        DELETED,
        UNCHANGED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What an operation did to which object. */
    record Done(ClassDefinition definition, ObjectKey key, Effect effect) {}

    Done run(Operation operation) {
        ClassDefinition definition = classes.keyed(operation.table());
        return switch (operation) {
            case Operation.Create create -> create(definition, create.object());
            case Operation.Put put -> put(definition, put.key().in(definition), put.object());
            case Operation.Patch patch -> patch(definition, patch.key().in(definition), patch.object());
            case Operation.Increment increment ->
                increment(definition, increment.key().in(definition), increment.field(), increment.by());
            case Operation.Delete delete ->
                delete(definition, delete.key().in(definition), delete.required());
        };
    }

    private Done create(ClassDefinition definition, JsonNode object) {
        ObjectKey key = keyOfNew(definition, object);
        if (edit.reader().hasObject(definition.name(), key)) {
            throw Problem.CONFLICT.exception("there is an object '" + Keys.text(key) + "' already");
        }
        return make(definition, key, json.read(definition, object));
    }

    private ObjectKey keyOfNew(ClassDefinition definition, JsonNode object) {
        PrimaryKey primaryKey = definition.primaryKey();
        if (primaryKey == null) {
            return nextGenerated(definition);
        }
        String field = primaryKey.field().toUtf8();
        if (!object.has(field)) {
            throw new Misfit(field, "is missing");
        }
        return namedKey(definition, field, object);
    }

    private static ObjectKey namedKey(ClassDefinition definition, String field, JsonNode object) {
        try {
            return Keys.read(definition, object.path(field));
        } catch (Misfit misfit) {
            throw misfit.in(field);
        }
    }

    /** The server counts the objects that it makes in each class, and never uses a number again. */
    private ObjectKey nextGenerated(ClassDefinition definition) {
        byte[] counter = ("k" + definition.name()).getBytes(StandardCharsets.UTF_8);
        byte[] stored = edit.note(counter);
        long number = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
        while (edit.reader().hasObject(definition.name(), new ObjectKey.Global(SERVER, number))) {
            number++;
        }
        if (number >= NUMBERS) {
            throw Problem.CONFLICT.exception("there are no generated keys left in this class");
        }
        edit.note(counter, ByteBuffer.allocate(Long.BYTES).putLong(number + 1).array());
        return new ObjectKey.Global(SERVER, number);
    }

    private Done make(ClassDefinition definition, ObjectKey key, SortedMap<String, Content> fields) {
        apply(List.of(new Instruction.CreateObject(definition.name(), key)));
        apply(ObjectWriter.between(definition, key, classes, ObjectJson.defaults(definition), fields, true));
        return new Done(definition, key, Effect.CREATED);
    }

    private Done put(ClassDefinition definition, ObjectKey key, JsonNode object) {
        requireSameKey(definition, key, object);
        SortedMap<String, Content> given = json.read(definition, object);
        SortedMap<String, Content> before = find(definition, key);
        if (before == null) {
            return make(definition, key, given);
        }
        SortedMap<String, Content> after = ObjectJson.defaults(definition);
        after.putAll(given);
        return update(definition, key, before, after);
    }

    private static void requireSameKey(ClassDefinition definition, ObjectKey key, JsonNode object) {
        PrimaryKey primaryKey = definition.primaryKey();
        if (primaryKey == null || !object.has(primaryKey.field().toUtf8())) {
            return;
        }
        String field = primaryKey.field().toUtf8();
        if (!namedKey(definition, field, object).equals(key)) {
            throw new Misfit(field, "is the key and cannot be changed");
        }
    }

    private Done patch(ClassDefinition definition, ObjectKey key, JsonNode object) {
        requireSameKey(definition, key, object);
        return update(definition, key, require(definition, key), json.read(definition, object));
    }

    private Done update(
            ClassDefinition definition,
            ObjectKey key,
            SortedMap<String, Content> before,
            SortedMap<String, Content> after) {
        List<Instruction> instructions = ObjectWriter.between(definition, key, classes, before, after, false);
        apply(instructions);
        return new Done(definition, key, instructions.isEmpty() ? Effect.UNCHANGED : Effect.UPDATED);
    }

    private Done increment(ClassDefinition definition, ObjectKey key, String field, long by) {
        ByteString name = ByteString.of(field);
        PropertyDefinition property = definition.properties().get(name);
        Content content = require(definition, key).get(field);
        if (property == null || !(content instanceof Content.Scalar(Value.Int number))) {
            throw new Misfit(field, "holds no integer that could be added to");
        }
        apply(List.of(new Instruction.AddInteger(definition.name(), key, name, List.of(), by)));
        return new Done(definition, key, Effect.UPDATED);
    }

    private Done delete(ClassDefinition definition, ObjectKey key, boolean required) {
        if (!edit.reader().hasObject(definition.name(), key)) {
            if (required) {
                throw missing(definition, key);
            }
            return new Done(definition, key, Effect.UNCHANGED);
        }
        apply(List.of(new Instruction.EraseObject(definition.name(), key)));
        return new Done(definition, key, Effect.DELETED);
    }

    private void apply(List<Instruction> instructions) {
        if (edit.size() + instructions.size() > MOST_INSTRUCTIONS) {
            throw Problem.TOO_LARGE.exception("the change has more than " + MOST_INSTRUCTIONS + " steps");
        }
        try {
            edit.apply(instructions);
        } catch (ApplyException e) {
            throw new Misfit("", "does not fit the schema: " + e.reason());
        }
    }

    // --- conditions ---------------------------------------------------------------------------------------------

    boolean holds(Condition condition) {
        return switch (condition) {
            case Condition.VersionIs(long version) -> edit.reader().version() == version;
            case Condition.Exists exists -> {
                ClassDefinition definition = classes.keyed(exists.table());
                yield edit.reader().hasObject(definition.name(), exists.key().in(definition)) == exists.exists();
            }
            case Condition.EtagIs etag -> {
                ClassDefinition definition = classes.keyed(etag.table());
                ObjectNode object = show(definition, etag.key().in(definition));
                yield object != null && etag.etags().contains(Etag.of(object));
            }
            case Condition.FieldEquals equals -> holds(equals);
        };
    }

    private boolean holds(Condition.FieldEquals condition) {
        ClassDefinition definition = classes.keyed(condition.table());
        SortedMap<String, Content> fields = find(definition, condition.key().in(definition));
        PropertyDefinition property = definition.properties().get(ByteString.of(condition.field()));
        if (property == null) {
            throw new Misfit(condition.field(), "is not a property of the class '" + definition.name() + "'");
        }
        return fields != null && json.read(property, condition.value()).equals(fields.get(condition.field()));
    }

    // --- objects ------------------------------------------------------------------------------------------------

    private @Nullable SortedMap<String, Content> find(ClassDefinition definition, ObjectKey key) {
        ObjectNode stored = edit.reader().object(definition.name(), key);
        return stored == null ? null : StoredContent.fields(stored);
    }

    private SortedMap<String, Content> require(ClassDefinition definition, ObjectKey key) {
        SortedMap<String, Content> fields = find(definition, key);
        if (fields == null) {
            throw missing(definition, key);
        }
        return fields;
    }

    private static ProblemException missing(ClassDefinition definition, ObjectKey key) {
        return Problem.NOT_FOUND.exception(
                "there is no object '" + Keys.text(key) + "' of the class '" + definition.name() + "'");
    }

    /** The object as it is now; null if it is not there. */
    @Nullable ObjectNode show(ClassDefinition definition, ObjectKey key) {
        SortedMap<String, Content> fields = find(definition, key);
        return fields == null ? null : json.write(definition, key, fields);
    }
}
