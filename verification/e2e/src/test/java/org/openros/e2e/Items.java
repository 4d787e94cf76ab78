// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import org.openros.stock.SyncedRealm;

/** The items of a realm, where nothing but their presence matters. */
final class Items {
    private Items() {}

    static void put(SyncedRealm realm, String id) {
        realm.write(view -> view.findOrCreate("Item", id));
    }

    static boolean has(SyncedRealm realm, String id) {
        return realm.objects("Item").containsKey(id);
    }
}
