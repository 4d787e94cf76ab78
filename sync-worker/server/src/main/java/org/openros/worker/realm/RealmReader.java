// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.state.ClassDefinition;
import org.openros.changeset.state.ObjectState;
import tools.jackson.databind.node.ObjectNode;

/** Reads objects of one realm in the readable notation (changeset format, section 6.3). Valid during one query only. */
public final class RealmReader {
    private final RealmState state;
    private final ObjectState objects;

    RealmReader(RealmState state) {
        this.state = state;
        this.objects = state.objects();
    }

    /** The server version that is read. */
    public long version() {
        return state.history().head().serverVersion();
    }

    /** The class of a name; null if there is none. */
    public @Nullable ClassDefinition definition(ByteString table) {
        return objects.definition(table);
    }

    /** All classes, in the order in which they were added. */
    public List<ClassDefinition> definitions() {
        return objects.definitions();
    }

    /** An object with its fields; null if class or object do not exist. */
    public @Nullable ObjectNode object(ByteString table, ObjectKey key) {
        return objects.object(table, key);
    }

    /** Whether an object exists; false too if class or key could never be. */
    public boolean hasObject(ByteString table, ObjectKey key) {
        return objects.hasObject(table, key);
    }

    /**
     * Objects of a class in the order of their keys; none if the class does not exist.
     *
     * @param after only objects behind this key; null to start
     * @param limit at most so many
     */
    public ObjectState.Page objects(ByteString table, @Nullable ObjectKey after, int limit) {
        return objects.objects(table, after, limit);
    }

    /**
     * Walks the objects of a class in the order of their keys.
     *
     * @param after only objects behind this key; null to start
     */
    public void scan(ByteString table, @Nullable ObjectKey after, ObjectState.Visitor visitor) {
        objects.scan(table, after, visitor);
    }
}
