// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import org.jspecify.annotations.Nullable;
import org.openros.core.account.User;
import org.openros.core.account.UserStates;
import org.openros.core.account.UserStates.Standing;
import org.openros.core.audit.AuditLog;
import org.openros.core.limit.Limits;
import org.openros.core.login.LogIns;
import org.openros.core.login.SessionTokens;
import org.openros.core.login.TokenCheck;
import org.openros.core.login.UserSession;
import org.openros.core.problem.Problem;
import org.openros.core.problem.ProblemException;
import org.openros.core.problem.RequestJson;
import org.openros.core.realmapi.Caller;
import org.openros.core.realmapi.CallerCheck;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.KeysUnavailableException;
import org.openros.domain.token.UserToken;
import org.springframework.http.server.reactive.ServerHttpRequest;
import tools.jackson.databind.node.ObjectNode;

/** What a refresh token is good for, and its end (admin API, sections 5.2 to 5.6). Thread-safe; blocks. */
final class Renewals {
    private final TokenCheck check;
    private final CallerCheck callers;
    private final LogIns logIns;
    private final UserStates states;
    private final SessionTokens tokens;
    private final RealmTokens realms;
    private final OldLogIns old;
    private final Limits limits;
    private final RosAuthProperties settings;

    Renewals(
            TokenCheck check,
            CallerCheck callers,
            LogIns logIns,
            UserStates states,
            SessionTokens tokens,
            RealmTokens realms,
            OldLogIns old,
            Limits limits,
            RosAuthProperties settings) {
        this.check = check;
        this.callers = callers;
        this.logIns = logIns;
        this.states = states;
        this.tokens = tokens;
        this.realms = realms;
        this.old = old;
        this.limits = limits;
        this.settings = settings;
    }

    /** A token for this interface, or with a path one for a realm. Whoever may not have one is told to log in again. */
    ObjectNode renew(ServerHttpRequest request, RequestJson wanted, AuditLog.Entry entry) {
        String text = wanted.text("data");
        boolean former = old.areLike(text);
        UserToken token = genuine(request, wanted, text);
        entry.with("app", token.app()).with("user", token.userId()).with("login", token.loginId());
        limits.refreshes().take(token.userId());
        if (former) {
            old.begin(token);
        }
        ObjectNode answer = renewed(wanted, token);
        if (former) {
            addRefresh(answer, token);
        }
        return answer;
    }

    /** In place of a token whose key will be gone one day. */
    private void addRefresh(ObjectNode answer, UserToken token) {
        User user = states.remembered(token.userId());
        if (user != null) {
            TokenAnswers.addRefresh(answer, user, tokens.longLived(UserSession.of(token, user)));
        }
    }

    private ObjectNode renewed(RequestJson wanted, UserToken token) {
        if (check.standingNow(token) != Standing.GOOD) {
            throw refused();
        }
        User user = states.remembered(token.userId());
        if (user == null) {
            throw refused();
        }
        logIns.extend(token, user);
        return wanted.has("path") ? realms.issue(user, wanted.text("path")) : userToken(token, user);
    }

    private ObjectNode userToken(UserToken token, User user) {
        UserSession session = UserSession.of(token, user);
        return TokenAnswers.user(user, tokens.access(session, settings.userTokenLifetime()));
    }

    private UserToken genuine(ServerHttpRequest request, RequestJson body, String text) {
        try {
            return old.areLike(text) ? old.refreshToken(request, body, text) : check.refreshToken(text);
        } catch (KeysUnavailableException e) {
            throw Problem.SERVICE_UNAVAILABLE.exception("the token cannot be verified now");
        } catch (InvalidTokenException e) {
            throw refused();
        }
    }

    private static ProblemException refused() {
        return Problem.ACCESS_DENIED.exception("the refresh token is bad, has expired or was revoked");
    }

    /**
     * Ends the log-in that a token stems from; of one that has expired, or was ended before, nothing is left to end.
     */
    void revoke(ServerHttpRequest request, RequestJson body, AuditLog.Entry entry) {
        String text = body.text("token");
        UserToken token = unexpired(request, body, text);
        UserToken shown = callers.userToken(request);
        boolean own = shown != null && token != null && shown.userId().equals(token.userId());
        if (!own && callers.of(request) instanceof Caller.Somebody && token != null) {
            throw Problem.ACCESS_DENIED.exception("the token of another user");
        }
        if (token == null) {
            return;
        }
        entry.with("app", token.app()).with("user", token.userId()).with("login", token.loginId());
        if (old.areLike(text)) {
            old.end(token);
        } else {
            logIns.end(token, true);
        }
    }

    private @Nullable UserToken unexpired(ServerHttpRequest request, RequestJson body, String text) {
        try {
            return old.areLike(text) ? old.refreshToken(request, body, text) : check.eitherKind(text);
        } catch (KeysUnavailableException e) {
            throw Problem.SERVICE_UNAVAILABLE.exception("the token cannot be verified now");
        } catch (InvalidTokenException e) {
            if (e.reason() == InvalidTokenException.Reason.EXPIRED) {
                return null;
            }
            throw Problem.INVALID_CREDENTIALS.exception("not a token of a user");
        }
    }
}
