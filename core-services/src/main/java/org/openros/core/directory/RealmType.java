// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What kind of realm one is to clients of Realm Object Server; to others it makes no difference. */
public enum RealmType {
    /** All of it is synced. */
    FULL,

    /** The whole of which clients sync parts. */
    REFERENCE;

    /** The name in requests and answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of a name; null if there is none. */
    public static @Nullable RealmType named(String name) {
        for (RealmType type : values()) {
            if (type.text().equals(name)) {
                return type;
            }
        }
        return null;
    }
}
