// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import org.jspecify.annotations.Nullable;

/** The ways to log in. */
public enum Provider {
    /** A new user each time, without credentials. */
    ANONYMOUS("anon-user"),

    /** An e-mail address and a password, registered before. */
    EMAIL_PASSWORD("local-userpass"),

    /** A key that a user made for itself or for a device. */
    API_KEY("api-key");

    private final String pathName;

    Provider(String pathName) {
        this.pathName = pathName;
    }

    /** The name in URLs and profiles. */
    public String pathName() {
        return pathName;
    }

    /** The provider of a name, or null if there is none. */
    public static @Nullable Provider named(String name) {
        for (Provider provider : values()) {
            if (provider.pathName.equals(name)) {
                return provider;
            }
        }
        return null;
    }
}
