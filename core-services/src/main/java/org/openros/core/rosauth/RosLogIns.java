// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import org.jspecify.annotations.Nullable;
import org.openros.core.account.Provider;
import org.openros.core.account.User;
import org.openros.core.account.UserStates;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.email.Asker;
import org.openros.core.email.PasswordAccounts;
import org.openros.core.http.ApiError;
import org.openros.core.http.ApiException;
import org.openros.core.http.JsonBody;
import org.openros.core.login.LogIns;
import org.openros.core.login.SessionTokens;
import org.openros.core.login.UserSession;
import org.openros.core.problem.Problem;
import org.openros.core.problem.RequestJson;
import org.openros.domain.AppId;
import org.springframework.http.server.reactive.ServerHttpRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Log-ins in the forms that old clients send (admin API, sections 5.2 and 8). Thread-safe; blocks. */
final class RosLogIns {
    private static final String DATA = "data";
    private static final String REGISTER = "register";

    private final RequestedApp apps;
    private final LogIns logIns;
    private final PasswordAccounts passwords;
    private final UserStates states;
    private final SessionTokens tokens;
    private final AuditLog audit;
    private final RosAuthProperties settings;

    RosLogIns(
            RequestedApp apps,
            LogIns logIns,
            PasswordAccounts passwords,
            UserStates states,
            SessionTokens tokens,
            AuditLog audit,
            RosAuthProperties settings) {
        this.apps = apps;
        this.logIns = logIns;
        this.passwords = passwords;
        this.states = states;
        this.tokens = tokens;
        this.audit = audit;
        this.settings = settings;
    }

    /** The answer with a refresh token; what stands against it ends in an error reply. */
    ObjectNode begin(ServerHttpRequest request, String name, RequestJson wanted) {
        Provider provider = ProviderNames.provider(name);
        if (provider == null || (provider == Provider.ANONYMOUS && !settings.anonymous())) {
            throw Problem.invalid("provider", "there is no such provider");
        }
        AppId app = apps.of(request, wanted);
        return audit.entry(AuditEvent.LOG_IN, request)
                .with("app", app)
                .with("provider", provider.pathName())
                .account(account(app, provider, wanted))
                .run(entry -> {
                    UserSession session = logIn(app, provider, wanted, request);
                    entry.with("user", session.userId()).with("login", session.loginId());
                    return answer(session);
                });
    }

    private static @Nullable String account(AppId app, Provider provider, RequestJson wanted) {
        JsonNode name = wanted.value(wanted.has(DATA) ? DATA : "username");
        return provider == Provider.EMAIL_PASSWORD && name.isString()
                ? AuditLog.account(app, name.stringValue())
                : null;
    }

    private UserSession logIn(AppId app, Provider provider, RequestJson wanted, ServerHttpRequest request) {
        return switch (provider) {
            case EMAIL_PASSWORD -> withPassword(app, wanted, Asker.of(request));
            case ANONYMOUS -> logIns.begin(app, provider, credentials());
            case API_KEY -> logIns.begin(app, provider, credentials("key", wanted.text(DATA)));
            case CUSTOM_TOKEN -> logIns.begin(app, provider, credentials("token", wanted.text(DATA)));
            case GOOGLE, APPLE -> logIns.begin(app, provider, credentials("id_token", wanted.text(DATA)));
            case FACEBOOK -> logIns.begin(app, provider, credentials("accessToken", wanted.text(DATA)));
            case CUSTOM_FUNCTION -> logIns.begin(app, provider, JsonBody.of(wanted.json()));
        };
    }

    private static JsonBody credentials() {
        return JsonBody.of(JsonNodeFactory.instance.objectNode());
    }

    private static JsonBody credentials(String key, String value) {
        return JsonBody.of(JsonNodeFactory.instance.objectNode().put(key, value));
    }

    private UserSession withPassword(AppId app, RequestJson wanted, Asker asker) {
        Named named = Named.of(wanted);
        JsonBody credentials = JsonBody.of(JsonNodeFactory.instance.objectNode()
                .put("username", named.name())
                .put("password", named.password()));
        if (named.register() == Registration.WANTED) {
            passwords.register(app, named.name(), named.password(), asker);
        }
        try {
            return logIns.begin(app, Provider.EMAIL_PASSWORD, credentials);
        } catch (ApiException e) {
            boolean mayBeNew = e.error() == ApiError.WRONG_PASSWORD
                    && named.register() == Registration.NOT_SAID
                    && settings.autoRegister();
            if (!mayBeNew) {
                throw e;
            }
            // Of an account that is there it ends in the reply to a wrong password.
            passwords.register(app, named.name(), named.password(), asker);
            return logIns.begin(app, Provider.EMAIL_PASSWORD, credentials);
        }
    }

    private ObjectNode answer(UserSession session) {
        User user = states.currentOrRemembered(session.userId());
        if (user == null) {
            throw Problem.SERVICE_UNAVAILABLE.exception("the user has just been deleted");
        }
        return TokenAnswers.refresh(user, tokens.longLived(session));
    }

    /** Whether the client wants a new account. */
    private enum Registration {
        WANTED,
        NOT_WANTED,
        NOT_SAID
    }

    /** A name and a password, of which old clients know two forms. */
    private record Named(String name, String password, Registration register) {
        static Named of(RequestJson wanted) {
            RequestJson more = wanted.has("user_info") ? wanted.object("user_info") : wanted;
            String name = wanted.text(wanted.has(DATA) ? DATA : "username");
            String password = more.has("password") ? more.text("password") : wanted.text("password");
            return new Named(name, password,
                    register(more.has(REGISTER) ? more.value(REGISTER) : wanted.value(REGISTER)));
        }

        private static Registration register(JsonNode value) {
            if (value.isMissingNode() || value.isNull()) {
                return Registration.NOT_SAID;
            }
            if (!value.isBoolean()) {
                throw Problem.invalid(REGISTER, "is true or false");
            }
            return value.booleanValue() ? Registration.WANTED : Registration.NOT_WANTED;
        }

        @Override
        public String toString() {
            return "Named[***]";
        }
    }
}
