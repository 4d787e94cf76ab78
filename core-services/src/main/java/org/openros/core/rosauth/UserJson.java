// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import java.util.Map;
import java.util.TreeMap;
import org.openros.core.account.IdentityKey;
import org.openros.core.account.Provider;
import org.openros.core.account.User;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A user as this interface tells it (admin API, section 6.1). API keys are left out: nobody can be found by one. */
final class UserJson {
    private static final String CONFIRMED = "isEmailConfirmed";

    private UserJson() {}

    static ObjectNode of(User user) {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("user_id", user.id())
                .put("is_admin", user.admin());
        ArrayNode accounts = json.putArray("accounts");
        new TreeMap<>(user.identities()).values().stream()
                .filter(key -> key.provider() != Provider.API_KEY)
                .forEach(key -> accounts.addObject()
                        .put("provider", ProviderNames.name(key.provider()))
                        .put("provider_id", key.subject()));
        addMetadata(json.putArray("metadata"), user);
        return json.put("status", user.disabled() ? "suspended" : "active");
    }

    /** With the names that some older clients read. */
    static ObjectNode lookedUp(User user) {
        return of(user).put("userId", user.id()).put("isAdmin", user.admin());
    }

    private static void addMetadata(ArrayNode rows, User user) {
        Map<String, String> metadata = new TreeMap<>(user.metadata());
        if (hasConfirmedAddress(user)) {
            metadata.putIfAbsent(CONFIRMED, "true");
        }
        metadata.forEach((key, value) -> rows.addObject().put("key", key).put("value", value));
    }

    /** Who could log in with an address has confirmed it, or did not have to. */
    static boolean hasConfirmedAddress(User user) {
        return user.identities().values().stream()
                .map(IdentityKey::provider)
                .anyMatch(provider -> provider == Provider.EMAIL_PASSWORD);
    }
}
