// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import org.jspecify.annotations.Nullable;
import org.openros.core.account.Provider;

/** The names that this interface has for ways to log in (admin API, section 8). */
final class ProviderNames {
    private ProviderNames() {}

    /** The provider of a name; null if there is none. */
    static @Nullable Provider provider(String name) {
        for (Provider provider : Provider.values()) {
            if (name(provider).equals(name)) {
                return provider;
            }
        }
        return null;
    }

    static String name(Provider provider) {
        return switch (provider) {
            case EMAIL_PASSWORD -> "password";
            case ANONYMOUS -> "anonymous";
            case CUSTOM_TOKEN -> "jwt";
            case CUSTOM_FUNCTION -> "custom";
            case GOOGLE -> "google";
            case APPLE -> "apple";
            case FACEBOOK -> "facebook";
            case API_KEY -> "api-key";
        };
    }
}
