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
    API_KEY("api-key"),

    /** A token of an issuer that the installation trusts. */
    CUSTOM_TOKEN("custom-token"),

    /** Whatever own code of the installation makes of what the app sends. */
    CUSTOM_FUNCTION("custom-function"),

    /** An ID token of Google. */
    GOOGLE("oauth2-google"),

    /** An ID token of Apple. */
    APPLE("oauth2-apple"),

    /** An access token of Facebook. */
    FACEBOOK("oauth2-facebook");

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
