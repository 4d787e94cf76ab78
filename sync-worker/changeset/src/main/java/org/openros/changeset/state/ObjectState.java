// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.Value;
import org.openros.changeset.state.ApplyException.Reason;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of one realm, as changesets make them. Objects are read from a store when they are needed; changes stay
 * in memory until they are drained, and what was drained stays there until the caller says that the store shows it. So
 * the life of a change is:
 *
 * <ol>
 *   <li>{@link #apply} changes the state, or refuses the changeset and leaves the state as it was;
 *   <li>{@link #drain} hands over the writes of everything applied since the last time, or {@link #rollback} takes it
 *       back;
 *   <li>{@link #settled} tells that the store shows these writes.
 * </ol>
 *
 * <p>Not thread-safe: one thread owns the state of a realm. Every method may throw what the store throws, and
 * {@link IllegalStateException} if stored state is corrupt.
 */
public final class ObjectState {
    /** How much is kept of objects that can be read again, in bytes, unless said otherwise. */
    public static final long DEFAULT_CACHE_BYTES = 1 << 20;

    private final StateAccess base;
    private final Journal journal = new Journal();
    /** Takes the inverses of changes within objects; those of an object that is taken back as a whole are not kept. */
    private final Inverses inverses = this::noteUnlessCovered;
    private final Schema schema = new Schema(journal);
    private final LoadedObjects objects;
    private final SchemaRules schemaRules = new SchemaRules(schema);
    private final TargetRules targetRules;
    private final StateJson json;
    private boolean isLoaded;
    /** Where the journal stood before the changeset that is being applied. */
    private int mark;
    /** The object that the present instruction is about. */
    private @Nullable StoredObject current;
    private long generation;
    private long settledGeneration;
    /** The last drain that had changes of the schema. */
    private long schemaGeneration;

    /** The state that a store holds. */
    public ObjectState(StateAccess base) {
        this(base, DEFAULT_CACHE_BYTES);
    }

    /**
     * The state that a store holds.
     *
     * @param cacheBytes roughly how much memory objects may take that can be read again
     */
    public ObjectState(StateAccess base, long cacheBytes) {
        this(base, cacheBytes, LoadedObjects.MANY);
    }

    /**
     * The same with another bound.
     *
     * @param many if more objects than this are changed at once, they are kept in their stored form
     */
    ObjectState(StateAccess base, long cacheBytes, int many) {
        this.base = base;
        this.objects = new LoadedObjects(base, new ObjectCodec(schema), journal, cacheBytes, many);
        this.targetRules = new TargetRules(new SlotRules(schema), inverses, this::isDangling);
        this.json = new StateJson(this::isDangling);
    }

    /**
     * Applies a changeset, all of it or nothing.
     *
     * @return the form that other clients have to be sent: the same changeset, unless it has an instruction that no
     *     stock client can apply, which is then replaced by others to the same effect
     * @throws ApplyException if it does not apply; the state is as before
     */
    public Changeset apply(Changeset changeset) {
        load();
        mark = journal.mark();
        int index = 0;
        boolean isDone = false;
        NullErasures erasures = new NullErasures(changeset);
        try {
            for (Instruction instruction : changeset.instructions()) {
                apply(instruction);
                if (instruction instanceof Instruction.SetErase erase && NullErasures.concerns(erase)) {
                    erasures.replace(index, erase, target(erase, object(erase)));
                }
                index++;
            }
            isDone = true;
        } catch (ApplyException e) {
            throw e.at(index);
        } finally {
            current = null;
            if (!isDone) {
                journal.undoTo(mark);
            }
        }
        return erasures.result();
    }

    private void noteUnlessCovered(Runnable inverse) {
        StoredObject object = current;
        if (object == null || !objects.isCovered(object, mark)) {
            journal.onUndo(inverse);
        }
    }

    private void load() {
        if (!isLoaded) {
            schema.load(base);
            isLoaded = true;
        }
    }

    private void apply(Instruction instruction) {
        switch (instruction) {
            case Instruction.AddTable i -> schemaRules.apply(i);
            case Instruction.EraseTable i -> schemaRules.apply(i);
            case Instruction.AddColumn i -> schemaRules.apply(i);
            case Instruction.EraseColumn i -> schemaRules.apply(i);
            case Instruction.OnObject i -> apply(i, become(object(i)));
        }
    }

    private StoredObject become(StoredObject object) {
        StoredObject before = current;
        if (before != null && !before.equals(object) && objects.isCovered(before, mark)) {
            objects.pack(before);
        }
        current = object;
        return object;
    }

    private StoredObject object(Instruction.OnObject i) {
        Table table = schema.require(i.table());
        table.checkKey(i.key());
        return objects.get(table, i.key());
    }

    private void apply(Instruction.OnObject instruction, StoredObject object) {
        switch (instruction) {
            case Instruction.CreateObject _ -> {
                if (!object.exists()) {
                    objects.touch(object);
                    objects.replace(object, new Slot.Fields(object.table()), inverses);
                }
            }
            case Instruction.EraseObject _ -> {
                if (object.exists()) {
                    objects.touch(object);
                    objects.replace(object, null, inverses);
                }
            }
            case Instruction.OnPath i -> apply(i, target(i, object));
        }
    }

    private Target target(Instruction.OnPath i, StoredObject object) {
        Slot.Fields fields = objects.content(object);
        if (fields == null) {
            throw new ApplyException(Reason.UNKNOWN_OBJECT);
        }
        objects.touch(object);
        return PathResolver.resolve(fields, i.field(), i.path(), inverses);
    }

    private void apply(Instruction.OnPath instruction, Target target) {
        switch (instruction) {
            case Instruction.Update i -> targetRules.update(target, i.value());
            case Instruction.AddInteger i -> targetRules.apply(target, i);
            case Instruction.ArrayInsert i -> targetRules.apply(target, i);
            case Instruction.ArrayMove i -> targetRules.apply(target, i);
            case Instruction.ArrayErase i -> targetRules.apply(target, i);
            case Instruction.Clear i -> targetRules.apply(target, i);
            case Instruction.SetInsert i -> targetRules.setInsert(target, i.value());
            case Instruction.SetErase i -> targetRules.setErase(target, i.value());
        }
    }

    private boolean isDangling(Value.Link link) {
        Table table = schema.byName(link.table());
        return table == null || !objects.get(table, link.key()).exists();
    }

    /** Whether something was applied since the last drain. */
    public boolean isDirty() {
        return schema.isTouched() || objects.isDirty();
    }

    /** Hands over the writes that bring the store from the last drain to the present state. */
    public Drained drain() {
        List<StateChange> changes = new ArrayList<>();
        generation++;
        objects.drainTo(changes, generation);
        if (schema.isTouched()) {
            schemaGeneration = generation;
        }
        schema.drainTo(changes);
        journal.clear();
        return new Drained(generation, changes);
    }

    /** Takes back everything that was applied since the last drain. */
    public void rollback() {
        journal.undoTo(0);
    }

    /**
     * Tells that the store shows the writes of all drains up to one.
     *
     * @param drained the generation of that drain
     */
    public void settled(long drained) {
        settledGeneration = Math.max(settledGeneration, drained);
        objects.settle(drained);
    }

    /** Forgets everything that can be read again from the store; all of it if nothing is on the way there. */
    public void clear() {
        boolean nothingHeld = objects.clear();
        if (nothingHeld && !isDirty() && schemaGeneration <= settledGeneration) {
            schema.unload();
            isLoaded = false;
        }
    }

    /** The class of a name; null if there is none. */
    public @Nullable ClassDefinition definition(ByteString name) {
        load();
        Table table = schema.byName(name);
        return table == null ? null : ClassDefinition.of(table);
    }

    /** All classes, in the order in which they were added. */
    public List<ClassDefinition> definitions() {
        load();
        return schema.tables().stream().map(ClassDefinition::of).toList();
    }

    /** Whether an object exists; false too if class or key could never be. */
    public boolean hasObject(ByteString table, ObjectKey key) {
        return fields(table, key) != null;
    }

    /**
     * One object in the JSON notation, {@code {"pk":...,"fields":{...}}} without the primary key among the fields; null
     * if it does not exist.
     */
    public @Nullable ObjectNode object(ByteString table, ObjectKey key) {
        Slot.Fields fields = fields(table, key);
        return fields == null ? null : json.object(key, fields);
    }

    private Slot.@Nullable Fields fields(ByteString name, ObjectKey key) {
        load();
        Table table = schema.byName(name);
        return table == null || !table.accepts(key) ? null : objects.content(objects.get(table, key));
    }

    /**
     * Some objects of a class.
     *
     * @param objects in the order of their keys, long string keys last
     * @param next the key to go on after; null if there are no more
     */
    public record Page(List<ObjectNode> objects, @Nullable ObjectKey next) {}

    /**
     * Objects of a class in the JSON notation, page by page; none if there is no such class.
     *
     * @param after the key that ended the page before; null for the first page
     * @param limit at most so many, at least 1
     */
    public Page objects(ByteString name, @Nullable ObjectKey after, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit " + limit);
        }
        load();
        Table table = schema.byName(name);
        return table == null ? new Page(List.of(), null) : page(table, after, limit);
    }

    /** Receives objects. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes the next object; false ends the walk.
         *
         * @param object in the JSON notation, as {@link #object} gives it
         */
        boolean visit(ObjectKey key, ObjectNode object);
    }

    /**
     * Walks the objects of a class in the order of their keys, long string keys last; no object if there is no such
     * class.
     *
     * @param after only objects behind this key; null to start
     */
    public void scan(ByteString name, @Nullable ObjectKey after, Visitor visitor) {
        load();
        Table table = schema.byName(name);
        if (table != null) {
            objects.scan(table, after, (key, fields) -> visitor.visit(key, json.object(key, fields)));
        }
    }

    private Page page(Table table, @Nullable ObjectKey after, int limit) {
        List<ObjectNode> page = new ArrayList<>();
        List<ObjectKey> keys = new ArrayList<>();
        objects.scan(table, after, (key, fields) -> {
            keys.add(key);
            if (keys.size() <= limit) {
                page.add(json.object(key, fields));
            }
            return keys.size() <= limit;
        });
        return new Page(page, keys.size() > limit ? keys.get(limit - 1) : null);
    }

    /**
     * The whole state in the JSON notation (changeset format, section 6.3): for tests and tools, it is all in memory.
     */
    public ObjectNode toJson() {
        load();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode tables = node.putObject("tables");
        for (Table table : schema.tables()) {
            ObjectNode tableNode = json.table(table);
            tables.set(table.name().toUtf8(), tableNode);
            if (!table.isEmbedded()) {
                ArrayNode all = tableNode.putArray("objects");
                objects.scan(table, null, (key, fields) -> {
                    all.add(json.object(key, fields));
                    return true;
                });
            }
        }
        return node;
    }
}
