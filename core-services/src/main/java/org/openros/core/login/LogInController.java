// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Provider;
import org.openros.core.account.UserStates;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.http.ApiError;
import org.openros.core.http.AppAdmission;
import org.openros.core.http.JsonBody;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.openros.domain.AppId;
import org.openros.domain.token.UserToken;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Logging in and linking. */
@RestController
@RunsIn(CoreService.AUTH)
@RequestMapping("/api/client/v2.0/app/{app}/auth/providers")
class LogInController {
    private final AppAdmission apps;
    private final TokenCheck check;
    private final LogIns logIns;
    private final UserStates states;
    private final SessionTokens tokens;
    private final AuditLog audit;
    private final JsonMapper json;

    LogInController(
            AppAdmission apps,
            TokenCheck check,
            LogIns logIns,
            UserStates states,
            SessionTokens tokens,
            AuditLog audit,
            JsonMapper json) {
        this.apps = apps;
        this.check = check;
        this.logIns = logIns;
        this.states = states;
        this.tokens = tokens;
        this.audit = audit;
        this.json = json;
    }

    @PostMapping("/{provider}/login")
    LogInReply logIn(
            @PathVariable("app") String appId,
            @PathVariable("provider") String providerName,
            @RequestParam(name = "link", defaultValue = "false") String link,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerHttpRequest request) {
        AppId app = apps.admit(appId);
        Provider provider = Provider.named(providerName);
        if (provider == null) {
            throw ApiError.NO_PROVIDER.exception();
        }
        JsonBody credentials = JsonBody.parse(json, body);
        boolean linking = link.equals("true");
        return audit.entry(linking ? AuditEvent.LINK : AuditEvent.LOG_IN, request)
                .with("app", app)
                .with("provider", provider.pathName())
                .account(account(app, provider, credentials))
                .run(entry -> {
                    UserSession session = linking
                            ? link(app, provider, authorization, credentials)
                            : logIns.begin(app, provider, credentials);
                    entry.with("user", session.userId()).with("login", session.loginId());
                    return reply(session);
                });
    }

    private static @Nullable String account(AppId app, Provider provider, JsonBody credentials) {
        boolean named = provider == Provider.EMAIL_PASSWORD && credentials.json().path("username").isString();
        return named ? AuditLog.account(app, credentials.text("username")) : null;
    }

    private UserSession link(
            AppId app, Provider provider, @Nullable String authorization, JsonBody credentials) {
        UserToken token = check.accessTo(app, authorization);
        logIns.link(token, provider, credentials);
        return UserSession.of(token, states.currentOrRemembered(token.userId()));
    }

    private LogInReply reply(UserSession session) {
        return new LogInReply(
                tokens.access(session), tokens.refresh(session), session.userId(), session.deviceId());
    }

    /** What a client keeps after a log-in. */
    record LogInReply(
            @JsonProperty("access_token") String accessToken,
            @JsonProperty("refresh_token") String refreshToken,
            @JsonProperty("user_id") String userId,
            @JsonProperty("device_id") String deviceId) {
        @Override
        public String toString() {
            return "LogInReply[" + userId + "]";
        }
    }
}
