// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openros.core.admintoken.AdminTokens;
import org.openros.core.http.AppAdmission;
import org.openros.core.login.TokenCheck;
import org.openros.core.problem.Problem;
import org.openros.core.problem.ProblemException;
import org.openros.domain.AppId;
import org.openros.domain.token.AdminRole;
import org.openros.domain.token.AdminToken;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.KeysUnavailableException;
import org.openros.domain.token.UserToken;
import org.openros.security.BearerToken;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Finds out who calls: the access token of a user, or an administrator's token. Thread-safe; may block. */
public final class CallerCheck {
    private static final List<String> HEADERS = List.of(HttpHeaders.AUTHORIZATION, "X-Realm-Access-Token");
    private static final Pattern OLD_FORM =
            Pattern.compile("(?i:Realm-Access-Token)\\s+version=1\\s+token=\"([^\"]*)\"");
    private static final String APP = "appId";

    private final AdminTokens admins;
    private final TokenCheck users;
    private final AppAdmission apps;
    private final List<AppId> configured;

    CallerCheck(AdminTokens admins, TokenCheck users, AppAdmission apps, List<AppId> configured) {
        this.admins = admins;
        this.users = users;
        this.apps = apps;
        this.configured = List.copyOf(configured);
    }

    /** The caller; one who is nobody ends in an error reply. */
    public Caller of(ServerHttpRequest request) {
        String token = token(request);
        if (token == null) {
            throw Problem.INVALID_CREDENTIALS.exception("a token is needed");
        }
        try {
            AdminToken admin = admins.verify(token);
            if (admin.role() != AdminRole.ADMIN) {
                throw Problem.ACCESS_DENIED.exception("the role " + admin.role().text() + " may not do that");
            }
            return new Caller.Admin(admin.name(), app(request));
        } catch (KeysUnavailableException e) {
            throw Problem.SERVICE_UNAVAILABLE.exception("the token cannot be verified now");
        } catch (InvalidTokenException e) {
            if (e.reason() == InvalidTokenException.Reason.WRONG_KIND) {
                return user(token);
            }
            throw bad();
        }
    }

    private static ProblemException bad() {
        return Problem.INVALID_CREDENTIALS.exception("the token is bad or has expired");
    }

    /** Old clients show the refresh token where newer ones show an access token. */
    private Caller user(String token) {
        UserToken user = genuine(token);
        switch (users.standing(user)) {
            case GOOD -> {}
            case DISABLED -> throw Problem.ACCESS_DENIED.exception("the user is suspended");
            case NO_LOGIN, NO_USER -> throw Problem.ACCESS_DENIED.exception("the token has been revoked");
        }
        return caller(user.userId(), user.app(), users.isAdmin(user));
    }

    private static Caller caller(String userId, AppId app, boolean admin) {
        return admin ? new Caller.Admin(userId, app, userId) : new Caller.Somebody(userId, app);
    }

    /** A user who called before, with the rank that the user has now. */
    Caller again(String userId, AppId app) {
        return caller(userId, app, users.isAdmin(userId));
    }

    private UserToken genuine(String token) {
        try {
            UserToken user = users.eitherKind(token);
            apps.admit(user.app());
            return user;
        } catch (KeysUnavailableException e) {
            throw Problem.SERVICE_UNAVAILABLE.exception("the token cannot be verified now");
        } catch (InvalidTokenException e) {
            throw bad();
        }
    }

    /** The token of a user that came with a request of which the caller is known; null if it is of another kind. */
    public @Nullable UserToken userToken(ServerHttpRequest request) {
        try {
            String token = token(request);
            return token == null ? null : users.eitherKind(token);
        } catch (InvalidTokenException | KeysUnavailableException e) {
            return null;
        }
    }

    /** The caller, who must be an administrator. */
    public Caller.Admin admin(ServerHttpRequest request) {
        if (of(request) instanceof Caller.Admin admin) {
            return admin;
        }
        throw Problem.ACCESS_DENIED.exception("only an administrator may do that");
    }

    /** Administrators are not of an app; where there is only one, it goes without saying. */
    private AppId app(ServerHttpRequest request) {
        String named = request.getQueryParams().getFirst(APP);
        if (named != null) {
            return apps.admit(named);
        }
        if (configured.size() != 1) {
            throw Problem.missing(APP);
        }
        return configured.getFirst();
    }

    private static @Nullable String token(ServerHttpRequest request) {
        for (String name : HEADERS) {
            String header = request.getHeaders().getFirst(name);
            if (header != null && !header.isBlank()) {
                return text(header.strip());
            }
        }
        return null;
    }

    private static String text(String header) {
        Matcher old = OLD_FORM.matcher(header);
        if (old.matches()) {
            return old.group(1);
        }
        String bearer = BearerToken.of(header);
        return bearer == null ? header : bearer;
    }
}
