// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.MailProof;
import org.openros.core.account.MailPurpose;
import org.openros.core.http.AppAdmission;
import org.openros.core.http.JsonBody;
import org.openros.domain.AppId;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The management of e-mail accounts (client HTTP API, section 5). */
@RestController
@RequestMapping("/api/client/v2.0/app/{app}/auth/providers/local-userpass")
class EmailAccountController {
    private final AppAdmission apps;
    private final PasswordAccounts passwords;
    private final JsonMapper json;

    EmailAccountController(AppAdmission apps, PasswordAccounts passwords, JsonMapper json) {
        this.apps = apps;
        this.passwords = passwords;
        this.json = json;
    }

    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    Map<String, String> register(
            @PathVariable("app") String appId,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerHttpRequest request) {
        AppId app = apps.admit(appId);
        JsonBody account = JsonBody.parse(json, body);
        passwords.register(app, account.text("email"), account.text("password"), Asker.of(request));
        return Map.of();
    }

    @PostMapping("/confirm/send")
    Map<String, String> sendConfirmation(
            @PathVariable("app") String appId,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerHttpRequest request) {
        return send(appId, body, MailPurpose.CONFIRM, request);
    }

    @PostMapping("/reset/send")
    Map<String, String> sendReset(
            @PathVariable("app") String appId,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerHttpRequest request) {
        return send(appId, body, MailPurpose.RESET, request);
    }

    private Map<String, String> send(
            String appId, byte @Nullable [] body, MailPurpose purpose, ServerHttpRequest request) {
        AppId app = apps.admit(appId);
        passwords.send(app, JsonBody.parse(json, body).text("email"), purpose, Asker.of(request));
        return Map.of();
    }

    @PostMapping("/confirm")
    Map<String, String> confirm(
            @PathVariable("app") String appId, @RequestBody(required = false) byte @Nullable [] body) {
        AppId app = apps.admit(appId);
        passwords.confirm(app, proof(JsonBody.parse(json, body)));
        return Map.of();
    }

    @PostMapping("/reset")
    Map<String, String> reset(
            @PathVariable("app") String appId, @RequestBody(required = false) byte @Nullable [] body) {
        AppId app = apps.admit(appId);
        JsonBody reset = JsonBody.parse(json, body);
        passwords.reset(app, proof(reset), reset.text("password"));
        return Map.of();
    }

    private static MailProof proof(JsonBody body) {
        return new MailProof(body.text("tokenId"), body.text("token"));
    }

    @PostMapping("/confirm/call")
    Map<String, String> callConfirmation(
            @PathVariable("app") String appId,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerHttpRequest request) {
        AppId app = apps.admit(appId);
        passwords.requireConfirmationFunction();
        passwords.callConfirmation(app, JsonBody.parse(json, body).text("email"), Asker.of(request));
        return Map.of();
    }

    @PostMapping("/reset/call")
    Map<String, String> callReset(
            @PathVariable("app") String appId,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerHttpRequest request) {
        AppId app = apps.admit(appId);
        passwords.requireResetFunction();
        JsonBody reset = JsonBody.parse(json, body);
        passwords.callReset(
                app,
                reset.text("email"),
                reset.text("password"),
                reset.has("arguments") ? reset.list("arguments") : List.of(),
                Asker.of(request));
        return Map.of();
    }
}
