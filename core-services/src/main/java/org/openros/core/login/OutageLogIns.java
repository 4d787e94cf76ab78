// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.HexIds;
import org.openros.core.account.IdentityKey;
import org.openros.core.account.KnownWaysIn;
import org.openros.core.account.KnownWaysIn.Known;
import org.openros.core.account.NewLogin;
import org.openros.core.account.Provider;
import org.openros.core.email.PasswordAccounts;
import org.openros.core.federation.IdentityProviders;
import org.openros.core.http.JsonBody;
import org.openros.domain.AppId;

/**
 * Log-ins while the store is away, of those who logged in the same way not long ago. New users, and those with API
 * keys, have to wait: nobody could be told them apart from deleted ones. Thread-safe; blocks.
 */
final class OutageLogIns {
    private final KnownWaysIn known;
    private final PasswordAccounts passwords;
    private final IdentityProviders providers;
    private final Clock clock;

    OutageLogIns(KnownWaysIn known, PasswordAccounts passwords, IdentityProviders providers, Clock clock) {
        this.known = known;
        this.passwords = passwords;
        this.providers = providers;
        this.clock = clock;
    }

    /** The log-in, or null if memory cannot decide. */
    @Nullable UserSession begin(AppId app, Provider provider, JsonBody credentials) {
        Known user = switch (provider) {
            case EMAIL_PASSWORD -> withPassword(app, credentials);
            case CUSTOM_TOKEN, CUSTOM_FUNCTION, GOOGLE, APPLE, FACEBOOK ->
                known.find(providers.identify(app, provider, credentials).key());
            case ANONYMOUS, API_KEY -> null;
        };
        if (user == null) {
            return null;
        }
        Instant now = clock.instant();
        return new UserSession(
                app, user.userId(), NewLogin.provisionalId(now), HexIds.next(now), user.customData());
    }

    /** A password that does not fit may be a new one that was not heard of: nothing can be said about it. */
    private @Nullable Known withPassword(AppId app, JsonBody credentials) {
        IdentityKey key = PasswordAccounts.key(app, credentials.text("username"));
        if (key == null) {
            return null;
        }
        Known user = known.find(key);
        String hash = user == null ? null : user.passwordHash();
        return passwords.isPassword(key, credentials.text("password"), hash) ? user : null;
    }
}
