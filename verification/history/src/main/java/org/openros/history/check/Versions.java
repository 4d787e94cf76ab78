// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was seen of each version of each realm, once per version. */
final class Versions {
    private final Map<String, Map<Long, Content>> realms = new HashMap<>();

    /** What was seen of the version before; null if nothing, and then this is kept. */
    @Nullable Content see(String realm, long version, Content content) {
        return realms.computeIfAbsent(realm, path -> new HashMap<>()).putIfAbsent(version, content);
    }

    /**
     * A version as seen.
     *
     * @param salt its salt
     * @param hash hash of its content
     */
    record Content(long salt, long hash) {}
}
