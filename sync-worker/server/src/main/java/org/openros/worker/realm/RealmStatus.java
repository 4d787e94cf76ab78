// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.openros.storage.HistoryEntry;
import org.openros.storage.RealmHead;
import org.openros.storage.RealmSize;
import org.openros.storage.RealmStore;

/**
 * How a realm stands in its group.
 *
 * @param lastChange of the newest version, by the clock of the device or server that made it; null if there is none
 * @param users sessions and requests at the moment
 */
public record RealmStatus(
        RealmStanding standing, RealmHead head, RealmSize size, @Nullable Instant lastChange, int users) {
    static RealmStatus of(RealmStore store, int users) {
        RealmHead head = store.head();
        HistoryEntry newest = store.entry(head.serverVersion());
        Instant lastChange = newest == null
                ? null
                : Instant.ofEpochMilli(RealmResources.TIMESTAMP_ORIGIN + newest.originTimestamp());
        return new RealmStatus(RealmStanding.of(store), head, store.size(), lastChange, users);
    }
}
