// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import org.openros.changeset.state.ApplyException;
import org.openros.merge.MergeException;
import org.openros.protocol.SyncError;

/**
 * Why a session cannot go on.
 *
 * @param error the situation, at session level
 * @param message for logs and the application
 */
record Refusal(SyncError error, String message) {
    /** The refusal of an upload that contradicts the history. */
    static Refusal of(MergeException e) {
        boolean schema = e.code().notation().startsWith("schema_mismatch");
        return ofChangeset(schema, "the changeset cannot be merged: " + e.getMessage());
    }

    /** The refusal of an upload that does not apply to the objects. */
    static Refusal of(ApplyException e) {
        return ofChangeset(e.reason() == ApplyException.Reason.SCHEMA_CONFLICT, String.valueOf(e.getMessage()));
    }

    private static Refusal ofChangeset(boolean schema, String message) {
        return new Refusal(schema ? SyncError.INCOMPATIBLE_SCHEMA : SyncError.BAD_CHANGESET, message);
    }
}
