// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.ApiKey;
import org.openros.core.account.ApiKeySecret;
import org.openros.core.account.ApiKeys;
import org.openros.core.account.HexIds;
import org.openros.core.account.Identity;
import org.openros.core.account.NewLogin;
import org.openros.core.account.Provider;
import org.openros.core.account.User;
import org.openros.core.account.UserStates;
import org.openros.core.email.PasswordAccounts;
import org.openros.core.http.ApiError;
import org.openros.core.http.JsonBody;
import org.openros.domain.AppId;
import org.openros.domain.token.UserToken;

import static org.openros.core.account.Attempts.untilCommitted;

/**
 * The life of log-ins: begin, add another way in, end, delete the user. Each step reads, then commits under the
 * condition that what it read still holds, and starts over a few times if it does not. Thread-safe.
 */
final class LogIns {
    private final Accounts accounts;
    private final UserStates states;
    private final PasswordAccounts passwords;
    private final ApiKeys keys;
    private final SessionTokens tokens;
    private final Clock clock;

    LogIns(
            Accounts accounts,
            UserStates states,
            PasswordAccounts passwords,
            ApiKeys keys,
            SessionTokens tokens,
            Clock clock) {
        this.accounts = accounts;
        this.states = states;
        this.passwords = passwords;
        this.keys = keys;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Logs in; an anonymous log-in is a new user each time. */
    UserSession begin(AppId app, Provider provider, JsonBody credentials) {
        NewLogin login = new NewLogin(HexIds.next(clock.instant()), tokens.endOfLogin());
        String userId = switch (provider) {
            case ANONYMOUS -> accounts.createAnonymous(app, login);
            case EMAIL_PASSWORD -> enter(authenticate(app, credentials), login);
            case API_KEY -> enter(app, new ApiKeySecret(credentials.text("key")), login);
        };
        states.forget(userId);
        return new UserSession(app, userId, login.id(), HexIds.next(clock.instant()));
    }

    private Identity authenticate(AppId app, JsonBody credentials) {
        return passwords.authenticate(app, credentials.text("username"), credentials.text("password"));
    }

    private String enter(Identity authenticated, NewLogin login) {
        return untilCommitted(() -> enterOnce(again(authenticated), login));
    }

    private String enter(AppId app, ApiKeySecret secret, NewLogin login) {
        return untilCommitted(() -> enterUser(requireEnabled(keys.find(app, secret)).owner(), login, null));
    }

    /** A key that is disabled and one that never was get the same reply. */
    private static ApiKey requireEnabled(@Nullable ApiKey key) {
        if (key == null || key.disabled()) {
            throw ApiError.BAD_API_KEY.exception();
        }
        return key;
    }

    private @Nullable String enterOnce(Identity identity, NewLogin login) {
        String userId = identity.userId();
        return userId == null ? accounts.createFor(identity, login) : enterUser(userId, login, identity);
    }

    private @Nullable String enterUser(String userId, NewLogin login, @Nullable Identity proven) {
        User user = accounts.findUser(userId);
        if (user == null) {
            return null;
        }
        if (user.disabled()) {
            throw ApiError.USER_DISABLED.exception();
        }
        return accounts.addLoginOf(user, login, proven) ? userId : null;
    }

    /** The identity as it is now: its user may have been made or deleted since its password was checked. */
    private Identity again(Identity authenticated) {
        Identity identity = accounts.findIdentity(authenticated.key());
        if (identity == null
                || !identity.id().equals(authenticated.id())
                || !Objects.equals(identity.passwordHash(), authenticated.passwordHash())) {
            throw ApiError.WRONG_PASSWORD.exception();
        }
        return identity;
    }

    /** Lets an e-mail account lead to the user of the token too. */
    void link(UserToken token, Provider provider, JsonBody credentials) {
        if (provider != Provider.EMAIL_PASSWORD) {
            throw ApiError.BAD_REQUEST.exception("only an e-mail account can be linked");
        }
        Identity authenticated = authenticate(token.app(), credentials);
        untilCommitted(() -> linkOnce(token.userId(), again(authenticated)) ? token : null);
        states.forget(token.userId());
    }

    private boolean linkOnce(String userId, Identity identity) {
        if (identity.userId() != null) {
            if (!identity.userId().equals(userId)) {
                throw ApiError.NAME_IN_USE.exception("the identity belongs to another user");
            }
            return true;
        }
        return accounts.link(requireUser(userId), identity);
    }

    /** Ends the log-in of the token. An anonymous user vanishes with it, for nobody can ever be it again. */
    void end(UserToken token) {
        untilCommitted(() -> endOnce(token) ? token : null);
        states.forget(token.userId());
    }

    private boolean endOnce(UserToken token) {
        User user = accounts.findUser(token.userId());
        if (user == null || !user.logins().containsKey(token.loginId())) {
            return true;
        }
        return user.isAnonymous() ? accounts.delete(user) : accounts.endLogin(user, token.loginId());
    }

    /** Deletes the user of the token, with all identities and log-ins. Realms stay as they are. */
    void delete(UserToken token) {
        untilCommitted(() -> deleteOnce(token.userId()) ? token : null);
        states.forget(token.userId());
    }

    private boolean deleteOnce(String userId) {
        User user = accounts.findUser(userId);
        return user == null || accounts.delete(user);
    }

    private User requireUser(String userId) {
        User user = accounts.findUser(userId);
        if (user == null) {
            throw ApiError.INVALID_SESSION.exception("the user has been deleted");
        }
        return user;
    }
}
