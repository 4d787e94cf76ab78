// SPDX-License-Identifier: Apache-2.0
package org.openros.core.apikey;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.ApiKey;
import org.openros.core.account.ApiKeySecret;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.http.JsonBody;
import org.openros.core.login.TokenCheck;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** API keys of the user of the refresh token. */
@RestController
@RunsIn(CoreService.AUTH)
@RequestMapping("/api/client/v2.0/auth/api_keys")
class ApiKeyController {
    private final TokenCheck check;
    private final KeyRing keys;
    private final AuditLog audit;
    private final JsonMapper json;

    ApiKeyController(TokenCheck check, KeyRing keys, AuditLog audit, JsonMapper json) {
        this.check = check;
        this.keys = keys;
        this.audit = audit;
        this.json = json;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    KeyReply create(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerHttpRequest request) {
        String user = user(authorization);
        ApiKeySecret secret = ApiKeySecret.next();
        ApiKey key = audit.entry(AuditEvent.CREATE_API_KEY, request).with("user", user).run(entry -> {
            ApiKey made = keys.create(user, JsonBody.parse(json, body).text("name"), secret);
            entry.with("key", made.id());
            return made;
        });
        return new KeyReply(key.id(), secret.text(), key.name(), key.disabled());
    }

    @GetMapping
    List<KeyReply> list(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization) {
        return keys.list(user(authorization)).stream().map(KeyReply::withoutSecret).toList();
    }

    @GetMapping("/{id}")
    KeyReply find(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @PathVariable("id") String id) {
        return KeyReply.withoutSecret(keys.find(user(authorization), id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @PathVariable("id") String id,
            ServerHttpRequest request) {
        String user = user(authorization);
        audit.entry(AuditEvent.DELETE_API_KEY, request).with("user", user).with("key", id).run(entry -> {
            keys.delete(user, id);
            return id;
        });
    }

    @PutMapping("/{id}/enable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void enable(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @PathVariable("id") String id,
            ServerHttpRequest request) {
        setDisabled(authorization, id, false, request);
    }

    @PutMapping("/{id}/disable")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void disable(
            @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable String authorization,
            @PathVariable("id") String id,
            ServerHttpRequest request) {
        setDisabled(authorization, id, true, request);
    }

    private void setDisabled(@Nullable String authorization, String id, boolean disabled, ServerHttpRequest request) {
        String user = user(authorization);
        audit.entry(AuditEvent.SWITCH_API_KEY, request)
                .with("user", user)
                .with("key", id)
                .with("disabled", disabled)
                .run(entry -> {
                    keys.setDisabled(user, id, disabled);
                    return id;
                });
    }

    private String user(@Nullable String authorization) {
        return check.refresh(authorization).userId();
    }

    /** A key as its owner sees it; the secret is in the reply to its making only. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeyReply(
            @JsonProperty("_id") String id,
            @JsonProperty("key") @Nullable String key,
            @JsonProperty("name") String name,
            @JsonProperty("disabled") boolean disabled) {
        static KeyReply withoutSecret(ApiKey key) {
            return new KeyReply(key.id(), null, key.name(), key.disabled());
        }

        @Override
        public String toString() {
            return "KeyReply[" + id + "]";
        }
    }
}
