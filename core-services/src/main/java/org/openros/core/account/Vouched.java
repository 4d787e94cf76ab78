// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.util.Map;

/**
 * A way in that somebody else vouches for.
 *
 * @param key unique and for ever the same for one person
 * @param profile what is told about the person, by the names that SDKs know (client HTTP API, section 4.7)
 */
public record Vouched(IdentityKey key, Map<String, String> profile) {
    /** Takes a copy. */
    public Vouched {
        profile = Map.copyOf(profile);
    }

    @Override
    public String toString() {
        return "Vouched[" + key.provider() + "]";
    }
}
