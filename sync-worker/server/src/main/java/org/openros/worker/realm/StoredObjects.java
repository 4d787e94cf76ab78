// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import org.jspecify.annotations.Nullable;
import org.openros.changeset.state.StateAccess;
import org.openros.storage.RealmStore;

/** The stored objects of a realm, as the object state reads them. */
record StoredObjects(RealmStore store) implements StateAccess {
    @Override
    public byte @Nullable [] get(byte[] key) {
        return store.state(key);
    }

    @Override
    public void scan(byte[] prefix, byte[] after, Visitor visitor) {
        store.states(prefix, after, visitor::visit);
    }
}
