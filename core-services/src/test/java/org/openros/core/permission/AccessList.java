// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import org.openros.core.metadata.MetadataStore;

/** The list of access changes as one process has it. */
public record AccessList(AccessFeed feed, AccessChanges changes) {
    /** A process that knows nothing yet. */
    public static AccessList of(MetadataStore store) {
        AccessChanges changes = new AccessChanges();
        return new AccessList(new AccessFeed(store, changes), changes);
    }

    /** Reads what is new. */
    public void refresh() {
        changes.refresh(feed);
    }
}
