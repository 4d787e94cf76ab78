// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.realm_value_t;
import io.realm.kotlin.internal.interop.realmc;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set of a realm, valid as long as its view. */
public final class RealmSet {
    private final RealmView view;
    private final long handle;

    RealmSet(RealmView view, long handle) {
        this.view = view;
        this.handle = handle;
    }

    /** Adds a value. */
    public RealmSet add(@Nullable Object value) {
        view.codec().with(value, v -> realmc.realm_set_insert(handle, v, new long[1], new boolean[1]));
        return this;
    }

    /** Removes a value. */
    public void remove(@Nullable Object value) {
        view.codec().with(value, v -> realmc.realm_set_erase(handle, v, new boolean[1]));
    }

    /** Removes all values. */
    public void clear() {
        realmc.realm_set_clear(handle);
    }

    /** All values; their order means nothing. */
    public Set<@Nullable Object> content() {
        long[] size = new long[1];
        realmc.realm_set_size(handle, size);
        Set<@Nullable Object> content = new HashSet<>();
        for (long i = 0; i < size[0]; i++) {
            realm_value_t out = new realm_value_t();
            realmc.realm_set_get(handle, i, out);
            content.add(view.codec().toJava(out));
        }
        return content;
    }
}
