// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.IdentityKey;
import org.openros.core.account.Provider;
import org.openros.core.account.User;
import org.openros.core.account.UserRegistry.Registered;
import org.openros.core.problem.Dates;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A user as administrators see it.
 *
 * @param status {@code active} or {@code suspended}
 * @param accounts the ways in
 * @param profile what issuers of tokens told
 * @param customData what the app gets with each access token; missing if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UserView(
        String id,
        String appId,
        String status,
        List<AccountView> accounts,
        Map<String, String> profile,
        @Nullable Map<String, Object> customData,
        String createdAt) {
    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * A way in.
     *
     * @param providerId the e-mail address, or the issuer's name for the user; missing for API keys
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AccountView(String id, String provider, @Nullable String providerId) {}

    /** The user; without names that it logs in with if these are not for the caller. */
    static UserView of(Registered registered, boolean withNames) {
        User user = registered.user();
        List<AccountView> accounts = user.identities().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> account(entry.getKey(), entry.getValue(), withNames))
                .toList();
        String customData = user.customData();
        return new UserView(
                user.id(),
                user.app().value(),
                user.disabled() ? "suspended" : "active",
                accounts,
                withNames ? user.profile() : Map.of(),
                customData == null || !withNames
                        ? null
                        : JSON.readValue(customData, new TypeReference<Map<String, Object>>() {}),
                Dates.write(registered.createdAt()));
    }

    private static AccountView account(String id, IdentityKey key, boolean withNames) {
        boolean shown = withNames && key.provider() != Provider.API_KEY;
        return new AccountView(id, key.provider().pathName(), shown ? key.subject() : null);
    }
}
