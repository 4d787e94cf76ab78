// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.state.ApplyException;
import tools.jackson.databind.JsonNode;

/**
 * A change that a service makes in a realm: it happens as a whole if all preconditions hold, or not at all. It becomes
 * a history entry of the server's own, so that clients get it like any other change.
 */
public record Transaction(List<Precondition> preconditions, Changeset changeset) {
    /** What has to be true of an object for the transaction to happen. */
    public sealed interface Precondition {
        /** The object exists, or does not. */
        record Exists(ByteString table, ObjectKey key, boolean exists) implements Precondition {}

        /**
         * A field of an existing object has a value.
         *
         * @param value in the readable notation (changeset format, section 6.1)
         */
        record FieldEquals(ByteString table, ObjectKey key, String field, JsonNode value) implements Precondition {}
    }

    /** How a transaction ended. */
    public sealed interface Outcome {
        /** It is durable as this server version. */
        record Committed(long serverVersion) implements Outcome {}

        /**
         * A precondition does not hold; nothing was changed.
         *
         * @param precondition index of the first that does not
         */
        record PreconditionFailed(int precondition) implements Outcome {}

        /** The changes do not fit the realm; nothing was changed. */
        record Rejected(String reason) implements Outcome {}

        /** It is not known whether it happened; try again. */
        record Unavailable(String reason) implements Outcome {}
    }

    /** Runs the transaction in memory; the answer if it did not happen, null if it waits for the batch. */
    @Nullable Outcome run(RealmState state, long timestamp, Batch batch) {
        RealmReader reader = new RealmReader(state);
        for (int i = 0; i < preconditions.size(); i++) {
            if (!holds(preconditions.get(i), reader)) {
                return new Outcome.PreconditionFailed(i);
            }
        }
        try {
            state.append(changeset, timestamp, batch);
            return null;
        } catch (ApplyException e) {
            return new Outcome.Rejected(String.valueOf(e.getMessage()));
        }
    }

    private static boolean holds(Precondition precondition, RealmReader reader) {
        return switch (precondition) {
            case Precondition.Exists(ByteString table, ObjectKey key, boolean exists) ->
                (reader.object(table, key) != null) == exists;
            case Precondition.FieldEquals(ByteString table, ObjectKey key, String field, JsonNode value) -> {
                JsonNode object = reader.object(table, key);
                yield object != null && object.path("fields").path(field).equals(value);
            }
        };
    }
}
