// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.realmc;
import java.util.ArrayList;
import java.util.List;

/** Native handles that are released together. */
final class Handles implements AutoCloseable {
    private final List<Long> owned = new ArrayList<>();

    /** Takes a handle over. */
    long own(long handle) {
        if (handle == 0) {
            throw new IllegalStateException("the native client returned no handle");
        }
        owned.add(handle);
        return handle;
    }

    @Override
    public void close() {
        owned.reversed().forEach(realmc::realm_release);
        owned.clear();
    }
}
