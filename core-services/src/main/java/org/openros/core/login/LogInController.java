// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Provider;
import org.openros.core.http.ApiError;
import org.openros.core.http.AppAdmission;
import org.openros.core.http.JsonBody;
import org.openros.domain.AppId;
import org.openros.domain.token.UserToken;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Logging in, linking, and the management of e-mail accounts. */
@RestController
@RequestMapping("/api/client/v2.0/app/{app}/auth/providers")
class LogInController {
    private final AppAdmission apps;
    private final TokenCheck check;
    private final LogIns logIns;
    private final PasswordAccounts passwords;
    private final SessionTokens tokens;
    private final JsonMapper json;

    LogInController(
            AppAdmission apps,
            TokenCheck check,
            LogIns logIns,
            PasswordAccounts passwords,
            SessionTokens tokens,
            JsonMapper json) {
        this.apps = apps;
        this.check = check;
        this.logIns = logIns;
        this.passwords = passwords;
        this.tokens = tokens;
        this.json = json;
    }

    @PostMapping("/{provider}/login")
    LogInReply logIn(
            @PathVariable("app") String appId,
            @PathVariable("provider") String providerName,
            @RequestParam(name = "link", defaultValue = "false") String link,
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestBody(required = false) byte @Nullable [] body) {
        AppId app = apps.admit(appId);
        Provider provider = Provider.named(providerName);
        if (provider == null) {
            throw ApiError.NO_PROVIDER.exception();
        }
        JsonBody credentials = JsonBody.parse(json, body);
        return reply(
                link.equals("true")
                        ? link(app, provider, authorization, credentials)
                        : logIns.begin(app, provider, credentials));
    }

    private UserSession link(
            AppId app, Provider provider, @Nullable String authorization, JsonBody credentials) {
        UserToken token = check.accessTo(app, authorization);
        logIns.link(token, provider, credentials);
        return new UserSession(app, token.userId(), token.loginId(), token.deviceId());
    }

    private LogInReply reply(UserSession session) {
        return new LogInReply(
                tokens.access(session), tokens.refresh(session), session.userId(), session.deviceId());
    }

    @PostMapping("/local-userpass/register")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, String> register(
            @PathVariable("app") String appId, @RequestBody(required = false) byte @Nullable [] body) {
        AppId app = apps.admit(appId);
        JsonBody account = JsonBody.parse(json, body);
        passwords.register(app, account.text("email"), account.text("password"));
        return Map.of();
    }

    /** There is no mailer: accounts are confirmed from the start, and only the address is checked. */
    @PostMapping({"/local-userpass/confirm/send", "/local-userpass/reset/send"})
    Map<String, String> send(
            @PathVariable("app") String appId, @RequestBody(required = false) byte @Nullable [] body) {
        AppId app = apps.admit(appId);
        passwords.requireRegistered(app, JsonBody.parse(json, body).text("email"));
        return Map.of();
    }

    /** No such token was ever given out, so each one is wrong. */
    @PostMapping({"/local-userpass/confirm", "/local-userpass/reset"})
    ResponseEntity<Void> confirm(
            @PathVariable("app") String appId, @RequestBody(required = false) byte @Nullable [] body) {
        apps.admit(appId);
        JsonBody proof = JsonBody.parse(json, body);
        proof.text("token");
        proof.text("tokenId");
        throw ApiError.BAD_EMAIL_TOKEN.exception();
    }

    /** Confirmation and reset functions are not offered. */
    @PostMapping({"/local-userpass/confirm/call", "/local-userpass/reset/call"})
    ResponseEntity<Void> call(@PathVariable("app") String appId) {
        apps.admit(appId);
        throw ApiError.NO_FUNCTION.exception();
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
