// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;

/** Tells how large realms are, by asking the workers that have them. Thread-safe; blocks. */
public final class RealmSizes {
    private final RealmHosts hosts;

    RealmSizes(RealmHosts hosts) {
        this.hosts = hosts;
    }

    /**
     * The size of one realm.
     *
     * @throws StoreUnavailableException if its group cannot answer now
     */
    public RealmSize of(RealmRow row) {
        return hosts.sizes(row.group(), List.of(row.store())).getFirst();
    }

    /** The sizes of realms by path; without those whose group cannot answer now. Each group is asked once. */
    public Map<RealmPath, RealmSize> of(List<RealmRow> rows) {
        Map<GroupId, List<RealmRow>> byGroup = new HashMap<>();
        rows.forEach(row -> byGroup.computeIfAbsent(row.group(), group -> new ArrayList<>()).add(row));
        Map<RealmPath, RealmSize> sizes = new HashMap<>();
        byGroup.forEach((group, all) -> {
            try {
                List<RealmSize> answer = hosts.sizes(group, all.stream().map(RealmRow::store).toList());
                for (int i = 0; i < answer.size(); i++) {
                    sizes.put(all.get(i).path(), answer.get(i));
                }
            } catch (StoreUnavailableException e) {
                // Told by what is missing.
            }
        });
        return sizes;
    }
}
