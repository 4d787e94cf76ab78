// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.openros.core.account.Accounts;
import org.openros.core.account.NewLogin;
import org.openros.core.account.User;
import org.openros.core.account.UserStates;
import org.openros.core.problem.Problem;
import org.openros.core.problem.ProblemException;
import org.openros.core.problem.RequestJson;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.UserToken;
import org.springframework.http.server.reactive.ServerHttpRequest;

import static org.openros.core.account.Attempts.untilCommitted;

/**
 * Log-ins of refresh tokens that a Realm Object Server has signed. Each is one log-in, begun when it is first shown.
 * They say nothing of when they were made, so the first log-out, new password or revocation of the user ends them all.
 * Thread-safe; blocks.
 */
final class OldLogIns {
    private final OldTokens tokens;
    private final RequestedApp apps;
    private final Accounts accounts;
    private final UserStates states;
    private final Duration idle;
    private final Clock clock;

    /**
     * Creates the object.
     *
     * @param idle how long a log-in lives that is not used
     */
    OldLogIns(
            OldTokens tokens,
            RequestedApp apps,
            Accounts accounts,
            UserStates states,
            Duration idle,
            Clock clock) {
        this.tokens = tokens;
        this.apps = apps;
        this.accounts = accounts;
        this.states = states;
        this.idle = idle;
        this.clock = clock;
    }

    /** Whether a text has the form of these tokens, and any are accepted. */
    boolean areLike(String text) {
        return tokens.areLike(text);
    }

    /**
     * The refresh token, of the app that the request means. Nothing is said about its user.
     *
     * @throws InvalidTokenException if it is certainly bad
     */
    UserToken refreshToken(ServerHttpRequest request, RequestJson body, String text) throws InvalidTokenException {
        return tokens.refreshToken(text, apps.of(request, body));
    }

    /** Begins the log-in of a token, unless it lives. */
    void begin(UserToken token) {
        Instant now = clock.instant();
        Instant possible = now.plus(idle);
        Instant end = possible.isBefore(token.expiresAt()) ? possible : token.expiresAt();
        untilCommitted(() -> {
            User user = accounts.findUser(token.userId());
            if (user == null || user.disabled() || !user.app().equals(token.app())) {
                throw refused();
            }
            if (user.hasLogin(token.loginId(), now)) {
                return user;
            }
            if (user.lastEnd() != null) {
                throw refused();
            }
            return accounts.extendLogin(user, new NewLogin(token.loginId(), end)) ? user : null;
        });
        states.forget(token.userId());
    }

    /** Ends all such log-ins of the user of a token, and keeps them from beginning again. */
    void end(UserToken token) {
        untilCommitted(() -> {
            User user = accounts.findUser(token.userId());
            return user == null || accounts.endLogin(user, token.loginId(), true) ? token : null;
        });
        states.forget(token.userId());
    }

    private static ProblemException refused() {
        return Problem.ACCESS_DENIED.exception("the refresh token is bad, has expired or was revoked");
    }
}
