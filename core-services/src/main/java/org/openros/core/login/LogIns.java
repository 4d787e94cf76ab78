// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.ApiKey;
import org.openros.core.account.ApiKeySecret;
import org.openros.core.account.ApiKeys;
import org.openros.core.account.HexIds;
import org.openros.core.account.Identity;
import org.openros.core.account.KnownWaysIn;
import org.openros.core.account.KnownWaysIn.Known;
import org.openros.core.account.NewLogin;
import org.openros.core.account.Provider;
import org.openros.core.account.User;
import org.openros.core.account.UserStates;
import org.openros.core.account.Vouched;
import org.openros.core.email.PasswordAccounts;
import org.openros.core.federation.IdentityProviders;
import org.openros.core.http.ApiError;
import org.openros.core.http.JsonBody;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.domain.AppId;
import org.openros.domain.token.UserToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.openros.core.account.Attempts.untilCommitted;

/**
 * The life of log-ins: begin, add another way in, end, delete the user. Each step reads, then commits under the
 * condition that what it read still holds, and starts over a few times if it does not. Thread-safe.
 */
public final class LogIns {
    private static final Logger LOG = LoggerFactory.getLogger(LogIns.class);

    private final Accounts accounts;
    private final UserStates states;
    private final PasswordAccounts passwords;
    private final ApiKeys keys;
    private final IdentityProviders providers;
    private final SessionTokens tokens;
    private final KnownWaysIn known;
    private final OutageLogIns outage;
    private final Clock clock;

    LogIns(
            Accounts accounts,
            UserStates states,
            PasswordAccounts passwords,
            ApiKeys keys,
            IdentityProviders providers,
            SessionTokens tokens,
            KnownWaysIn known,
            Clock clock) {
        this.accounts = accounts;
        this.states = states;
        this.passwords = passwords;
        this.keys = keys;
        this.providers = providers;
        this.tokens = tokens;
        this.known = known;
        outage = new OutageLogIns(known, passwords, providers, clock);
        this.clock = clock;
    }

    /** Logs in; an anonymous log-in is a new user each time. */
    public UserSession begin(AppId app, Provider provider, JsonBody credentials) {
        if (!accounts.isReachable()) {
            UserSession session = outage.begin(app, provider, credentials);
            return session == null ? beginNow(app, provider, credentials) : session;
        }
        try {
            return beginNow(app, provider, credentials);
        } catch (StoreUnavailableException e) {
            UserSession session = outage.begin(app, provider, credentials);
            if (session == null) {
                throw e;
            }
            return session;
        }
    }

    private UserSession beginNow(AppId app, Provider provider, JsonBody credentials) {
        NewLogin login = new NewLogin(HexIds.next(clock.instant()), tokens.endOfLogin());
        Entered entered = switch (provider) {
            case ANONYMOUS -> new Entered(accounts.createAnonymous(app, login), null);
            case EMAIL_PASSWORD -> enter(authenticate(app, credentials), login);
            case API_KEY -> enter(app, new ApiKeySecret(credentials.text("key")), login);
            case CUSTOM_TOKEN, CUSTOM_FUNCTION, GOOGLE, APPLE, FACEBOOK ->
                enter(providers.identify(app, provider, credentials), login);
        };
        see(entered.userId());
        return new UserSession(
                app, entered.userId(), login.id(), HexIds.next(clock.instant()), entered.customData());
    }

    /** An outage may begin at any time, and the new log-in is to be known then. */
    private void see(String userId) {
        try {
            states.current(userId);
        } catch (StoreUnavailableException e) {
            states.forget(userId);
        }
    }

    private Identity authenticate(AppId app, JsonBody credentials) {
        return passwords.authenticate(app, credentials.text("username"), credentials.text("password"));
    }

    private Entered enter(Identity authenticated, NewLogin login) {
        long asOf = known.asOf();
        Entered entered = untilCommitted(() -> enterOnce(again(authenticated), login));
        known.remember(
                authenticated.key(),
                new Known(entered.userId(), authenticated.passwordHash(), entered.customData(), asOf));
        return entered;
    }

    private Entered enter(AppId app, ApiKeySecret secret, NewLogin login) {
        return untilCommitted(() -> {
            User user = findAdmitted(requireEnabled(keys.find(app, secret)).owner());
            return user != null && accounts.addLoginOf(user, login) ? Entered.as(user) : null;
        });
    }

    private Entered enter(Vouched vouched, NewLogin login) {
        long asOf = known.asOf();
        Entered entered = untilCommitted(() -> enterOnce(vouched, login));
        known.remember(vouched.key(), new Known(entered.userId(), null, entered.customData(), asOf));
        return entered;
    }

    private @Nullable Entered enterOnce(Vouched vouched, NewLogin login) {
        Identity identity = accounts.findIdentity(vouched.key());
        if (identity == null || identity.userId() == null) {
            return Entered.asNew(accounts.createVouched(vouched, login));
        }
        User user = findAdmitted(identity.userId());
        return user != null && accounts.addLoginOf(user, login, vouched) ? Entered.as(user) : null;
    }

    /** A key that is disabled and one that never was get the same reply. */
    private static ApiKey requireEnabled(@Nullable ApiKey key) {
        if (key == null || key.disabled()) {
            throw ApiError.BAD_API_KEY.exception();
        }
        return key;
    }

    private @Nullable Entered enterOnce(Identity identity, NewLogin login) {
        String userId = identity.userId();
        if (userId == null) {
            return Entered.asNew(accounts.createFor(identity, login));
        }
        User user = findAdmitted(userId);
        return user != null && accounts.addLoginOf(user, login, identity) ? Entered.as(user) : null;
    }

    /** The user, or null if it is gone; ends in a 401 reply if it is barred. */
    private @Nullable User findAdmitted(String userId) {
        User user = accounts.findUser(userId);
        if (user != null && user.disabled()) {
            throw ApiError.USER_DISABLED.exception();
        }
        return user;
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

    /** Lets another way in lead to the user of the token too; one that leads to somebody else stays as it is. */
    void link(UserToken token, Provider provider, JsonBody credentials) {
        switch (provider) {
            case EMAIL_PASSWORD -> {
                Identity authenticated = authenticate(token.app(), credentials);
                untilCommitted(() -> linkOnce(token.userId(), again(authenticated)) ? token : null);
            }
            case CUSTOM_TOKEN, CUSTOM_FUNCTION, GOOGLE, APPLE, FACEBOOK -> {
                Vouched vouched = providers.identify(token.app(), provider, credentials);
                untilCommitted(() -> linkOnce(token.userId(), vouched) ? token : null);
            }
            case ANONYMOUS, API_KEY ->
                throw ApiError.BAD_REQUEST.exception("neither anonymous users nor API keys can be linked");
        }
        states.forget(token.userId());
    }

    private boolean linkOnce(String userId, Vouched vouched) {
        Identity identity = accounts.findIdentity(vouched.key());
        return identity == null
                ? accounts.linkVouched(requireUser(userId), vouched)
                : linkOnce(userId, identity);
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

    /** Lets the log-in of a refresh token that is used live on, if that is due and can be done now. */
    public void extend(UserToken token, @Nullable User user) {
        Instant end = user == null ? null : user.logins().get(token.loginId());
        Instant later = end == null ? null : tokens.laterEnd(token, end);
        if (user == null || later == null) {
            return;
        }
        try {
            accounts.extendLogin(user, new NewLogin(token.loginId(), later));
            states.forget(user.id());
        } catch (StoreUnavailableException e) {
            LOG.debug("the life of a log-in is not made longer now: {}", e.getMessage());
        }
    }

    /** Ends the log-in of the token. An anonymous user vanishes with it, for nobody can ever be it again. */
    void end(UserToken token) {
        end(token, false);
    }

    /**
     * Ends the log-in of the token. An anonymous user vanishes with it, for nobody can ever be it again.
     *
     * @param tell whether what it has open is to end; needless if its client did that
     */
    public void end(UserToken token, boolean tell) {
        untilCommitted(() -> endOnce(token, tell) ? token : null);
        states.forget(token.userId());
    }

    private boolean endOnce(UserToken token, boolean tell) {
        User user = accounts.findUser(token.userId());
        boolean mayBeStoredLater = NewLogin.isProvisional(token.loginId());
        if (user == null || !(mayBeStoredLater || user.logins().containsKey(token.loginId()))) {
            return true;
        }
        return user.isAnonymous() ? accounts.delete(user, tell) : accounts.endLogin(user, token.loginId(), tell);
    }

    /** Deletes the user of the token, with all identities and log-ins. Realms stay as they are. */
    void delete(UserToken token) {
        untilCommitted(() -> deleteOnce(token.userId()) ? token : null);
        states.forget(token.userId());
    }

    private boolean deleteOnce(String userId) {
        User user = accounts.findUser(userId);
        return user == null || accounts.delete(user, true);
    }

    private User requireUser(String userId) {
        User user = accounts.findUser(userId);
        if (user == null) {
            throw ApiError.INVALID_SESSION.exception("the user has been deleted");
        }
        return user;
    }

    /** Who has logged in. */
    private record Entered(String userId, @Nullable String customData) {
        static Entered as(User user) {
            return new Entered(user.id(), user.customData());
        }

        static @Nullable Entered asNew(@Nullable String userId) {
            return userId == null ? null : new Entered(userId, null);
        }
    }
}
