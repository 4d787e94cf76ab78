// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.state.ObjectState;
import tools.jackson.databind.node.ObjectNode;

/** Reads objects of one realm in the readable notation (changeset format, section 6.3). Valid during one query only. */
public final class RealmReader {
    private final ObjectState objects;

    RealmReader(ObjectState objects) {
        this.objects = objects;
    }

    /** An object with its fields; null if class or object do not exist. */
    public @Nullable ObjectNode object(ByteString table, ObjectKey key) {
        return objects.object(table, key);
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
}
