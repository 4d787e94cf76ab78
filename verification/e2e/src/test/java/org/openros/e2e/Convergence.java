// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.openros.stock.SyncedRealm;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether devices that have heard all of each other hold the same. */
final class Convergence {
    private static final int SHOWN = 20;

    private Convergence() {}

    /**
     * Lets everybody upload, then everybody download, and demands that all hold the same and nobody was told of an
     * error.
     */
    static void assertSame(String context, List<SyncedRealm> realms) {
        realms.forEach(SyncedRealm::upload);
        realms.forEach(SyncedRealm::download);
        Map<String, ?> first = realms.getFirst().content();
        for (SyncedRealm other : realms.subList(1, realms.size())) {
            assertThat(differences(first, other.content())).as(context).isEmpty();
        }
        for (SyncedRealm realm : realms) {
            assertThat(realm.events()).as(context).isEmpty();
        }
    }

    /** Where two contents differ, one line each, the first few. */
    private static List<String> differences(Map<?, ?> left, Map<?, ?> right) {
        List<String> found = new ArrayList<>();
        compare("", left, right, found);
        return found.subList(0, Math.min(SHOWN, found.size()));
    }

    private static void compare(String path, @Nullable Object left, @Nullable Object right, List<String> found) {
        if (left instanceof Map<?, ?> l && right instanceof Map<?, ?> r) {
            Set<Object> keys = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
            keys.addAll(l.keySet());
            keys.addAll(r.keySet());
            keys.forEach(key -> compare(path + "/" + key, l.get(key), r.get(key), found));
        } else if (!Objects.equals(left, right)) {
            found.add(path + ": " + left + " <> " + right);
        }
    }
}
