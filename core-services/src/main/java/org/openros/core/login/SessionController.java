// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.HexIds;
import org.openros.core.account.IdentityKey;
import org.openros.core.account.Provider;
import org.openros.core.account.User;
import org.openros.core.account.UserStates;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.http.ApiError;
import org.openros.core.limit.Limits;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.openros.domain.AppId;
import org.openros.domain.token.UserToken;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a client does with its tokens: profile, refresh, log out, delete the user. */
@RestController
@RunsIn(CoreService.AUTH)
@RequestMapping("/api/client/v2.0/auth")
class SessionController {
    private final TokenCheck check;
    private final LogIns logIns;
    private final SessionTokens tokens;
    private final UserStates states;
    private final Limits limits;
    private final AuditLog audit;

    SessionController(TokenCheck check, LogIns logIns, SessionTokens tokens, UserStates states, Limits limits,
            AuditLog audit) {
        this.check = check;
        this.logIns = logIns;
        this.tokens = tokens;
        this.states = states;
        this.limits = limits;
        this.audit = audit;
    }

    @PostMapping("/session")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, String> refresh(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            ServerHttpRequest request) {
        return audit.entry(AuditEvent.REFRESH, request).runAndTellRefusal(entry -> refresh(authorization, entry));
    }

    private Map<String, String> refresh(@Nullable String authorization, AuditLog.Entry entry) {
        UserToken token = told(entry, check.genuineRefresh(authorization));
        limits.refreshes().take(token.userId());
        check.requireGoodNow(token);
        User user = states.remembered(token.userId());
        logIns.extend(token, user);
        UserSession session = UserSession.of(token, user);
        return Map.of("access_token", tokens.access(session));
    }

    @DeleteMapping("/session")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logOut(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            ServerHttpRequest request) {
        audit.entry(AuditEvent.LOG_OUT, request).run(entry -> {
            UserToken token = told(entry, check.genuineRefresh(authorization));
            logIns.end(token);
            return token;
        });
    }

    @DeleteMapping("/delete")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            ServerHttpRequest request) {
        audit.entry(AuditEvent.DELETE_USER, request).run(entry -> {
            UserToken token = told(entry, check.access(authorization));
            logIns.delete(token);
            return token;
        });
    }

    private static UserToken told(AuditLog.Entry entry, UserToken token) {
        entry.with("app", token.app()).with("user", token.userId()).with("login", token.loginId());
        return token;
    }

    @GetMapping("/profile")
    Profile profile(@RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        UserToken token = check.access(authorization);
        User user = states.currentOrRemembered(token.userId());
        if (user == null) {
            throw ApiError.INVALID_SESSION.exception("the user has been deleted");
        }
        return profile(user);
    }

    private static Profile profile(User user) {
        List<ProfileIdentity> identities = new TreeMap<>(user.identities())
                .entrySet().stream()
                        .map(identity -> identity(identity.getKey(), identity.getValue()))
                        .toList();
        return new Profile(user.id(), domain(user.app()), "normal", identities, data(user));
    }

    private static ProfileIdentity identity(String id, IdentityKey key) {
        String provider = key.provider().pathName();
        return new ProfileIdentity(id, provider, HexIds.ofName(key.app() + "/" + provider));
    }

    private static String domain(AppId app) {
        return HexIds.ofName(app.value());
    }

    /** The address of an e-mail account goes before what an issuer tells: it is the one that counts here. */
    private static Map<String, String> data(User user) {
        Map<String, String> data = new TreeMap<>(user.profile());
        email(user).ifPresent(email -> data.put("email", email));
        return data;
    }

    private static Optional<String> email(User user) {
        return user.identities().values().stream()
                .filter(key -> key.provider() == Provider.EMAIL_PASSWORD)
                .map(IdentityKey::subject)
                .sorted()
                .findFirst();
    }

    /** All that an app learns about its user. */
    record Profile(
            @JsonProperty("user_id") String userId,
            @JsonProperty("domain_id") String domainId,
            @JsonProperty("type") String type,
            @JsonProperty("identities") List<ProfileIdentity> identities,
            @JsonProperty("data") Map<String, String> data) {}

    /** A way in, as an app sees it. */
    record ProfileIdentity(
            @JsonProperty("id") String id,
            @JsonProperty("provider_type") String providerType,
            @JsonProperty("provider_id") String providerId) {}
}
