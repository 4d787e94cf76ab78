// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.User;
import org.openros.core.account.UserStates;
import org.openros.core.account.UserStates.Standing;
import org.openros.core.http.ApiError;
import org.openros.core.http.AppAdmission;
import org.openros.domain.AppId;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.KeysUnavailableException;
import org.openros.domain.token.UserToken;
import org.openros.domain.token.UserTokenVerifier;
import org.openros.security.BearerToken;

/**
 * Judges the tokens that clients show. A token that is certainly bad ends in a 401 reply, one that cannot be judged now
 * in a 503 reply. Thread-safe.
 */
public final class TokenCheck {
    private final UserTokenVerifier verifier;
    private final UserStates states;
    private final AppAdmission apps;
    private final Clock clock;

    TokenCheck(UserTokenVerifier verifier, UserStates states, AppAdmission apps, Clock clock) {
        this.verifier = verifier;
        this.states = states;
        this.apps = apps;
        this.clock = clock;
    }

    /** The access token of the header, whose user and log-in are good as far as is known. */
    UserToken access(@Nullable String authorization) {
        return access(bearer(authorization), null);
    }

    /**
     * An access token whose user and log-in are good as far as is known.
     *
     * @param app the app that it must belong to, or null for any that is served
     */
    public UserToken access(String text, @Nullable AppId app) {
        UserToken token = genuine(text, UserToken.Kind.ACCESS);
        if (app != null && !app.equals(token.app())) {
            throw ApiError.INVALID_SESSION.exception("the token belongs to another app");
        }
        require(states.standing(token.userId(), token.loginId(), clock.instant()));
        return token;
    }

    /** The access token of the header, which must belong to the app. */
    public UserToken accessTo(AppId app, @Nullable String authorization) {
        return access(bearer(authorization), app);
    }

    /** The refresh token of the header; its user and log-in are good at this moment. */
    public UserToken refresh(@Nullable String authorization) {
        UserToken token = genuineRefresh(authorization);
        requireGoodNow(token);
        return token;
    }

    /** Ends in a 401 reply if user or log-in of the token are not good at this moment. */
    void requireGoodNow(UserToken token) {
        require(states.currentStanding(token.userId(), token.loginId(), clock.instant()));
    }

    /** The refresh token of the header, whether or not its log-in still lives. */
    UserToken genuineRefresh(@Nullable String authorization) {
        return genuine(bearer(authorization), UserToken.Kind.REFRESH);
    }

    /**
     * A token of either kind; nothing is said about its user and log-in.
     *
     * @throws InvalidTokenException if it is certainly bad
     * @throws KeysUnavailableException if nothing can be said now
     */
    public UserToken eitherKind(String text) throws InvalidTokenException, KeysUnavailableException {
        try {
            return verifier.verify(text, UserToken.Kind.ACCESS);
        } catch (InvalidTokenException e) {
            if (e.reason() != InvalidTokenException.Reason.WRONG_KIND) {
                throw e;
            }
            return verifier.verify(text, UserToken.Kind.REFRESH);
        }
    }

    /**
     * A refresh token; nothing is said about its user and log-in.
     *
     * @throws InvalidTokenException if it is certainly bad
     * @throws KeysUnavailableException if nothing can be said now
     */
    public UserToken refreshToken(String text) throws InvalidTokenException, KeysUnavailableException {
        return verifier.verify(text, UserToken.Kind.REFRESH);
    }

    /** Whether user and log-in of a token are good as far as is known. */
    public Standing standing(UserToken token) {
        return states.standing(token.userId(), token.loginId(), clock.instant());
    }

    /** Whether user and log-in of a token are good at this moment. */
    public Standing standingNow(UserToken token) {
        return states.currentStanding(token.userId(), token.loginId(), clock.instant());
    }

    /** Whether the user of a token, whose standing has been asked for, is an administrator. */
    public boolean isAdmin(UserToken token) {
        User user = states.remembered(token.userId());
        return user != null && user.admin();
    }

    /** Whether a user is an administrator now; one who is suspended or deleted is none. */
    public boolean isAdmin(String userId) {
        User user = states.currentOrRemembered(userId);
        return user != null && user.admin() && !user.disabled();
    }

    private static String bearer(@Nullable String authorization) {
        String token = BearerToken.of(authorization);
        if (token == null) {
            throw ApiError.INVALID_SESSION.exception("a token is needed");
        }
        return token;
    }

    private UserToken genuine(String text, UserToken.Kind kind) {
        try {
            UserToken token = verifier.verify(text, kind);
            apps.admit(token.app());
            return token;
        } catch (InvalidTokenException e) {
            throw ApiError.INVALID_SESSION.exception(String.valueOf(e.getMessage()));
        } catch (KeysUnavailableException e) {
            throw ApiError.UNAVAILABLE.exception();
        }
    }

    private static void require(Standing standing) {
        switch (standing) {
            case GOOD -> {}
            case DISABLED -> throw ApiError.USER_DISABLED.exception();
            case NO_LOGIN -> throw ApiError.INVALID_SESSION.exception("the log-in has been ended");
            case NO_USER -> throw ApiError.INVALID_SESSION.exception("the user has been deleted");
        }
    }
}
