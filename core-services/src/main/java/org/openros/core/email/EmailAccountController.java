// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Identity;
import org.openros.core.account.MailProof;
import org.openros.core.account.MailPurpose;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.http.AppAdmission;
import org.openros.core.http.JsonBody;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
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
@RunsIn(CoreService.AUTH)
@RequestMapping("/api/client/v2.0/app/{app}/auth/providers/local-userpass")
class EmailAccountController {
    private final AppAdmission apps;
    private final PasswordAccounts passwords;
    private final AuditLog audit;
    private final JsonMapper json;

    EmailAccountController(AppAdmission apps, PasswordAccounts passwords, AuditLog audit, JsonMapper json) {
        this.apps = apps;
        this.passwords = passwords;
        this.audit = audit;
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
        String email = account.text("email");
        return audited(AuditEvent.REGISTER, request, app, email, () -> passwords.register(
                app, email, account.text("password"), Asker.of(request)));
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
        String email = JsonBody.parse(json, body).text("email");
        return audited(asking(purpose), request, app, email, () -> passwords.send(
                app, email, purpose, Asker.of(request)));
    }

    private static AuditEvent asking(MailPurpose purpose) {
        return switch (purpose) {
            case CONFIRM -> AuditEvent.ASK_CONFIRMATION;
            case RESET -> AuditEvent.ASK_RESET;
        };
    }

    private Map<String, String> audited(
            AuditEvent event, ServerHttpRequest request, AppId app, String email, Runnable work) {
        return audit.entry(event, request)
                .with("app", app)
                .account(AuditLog.account(app, email))
                .run(entry -> {
                    work.run();
                    return Map.of();
                });
    }

    @PostMapping("/confirm")
    Map<String, String> confirm(
            @PathVariable("app") String appId,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerHttpRequest request) {
        AppId app = apps.admit(appId);
        MailProof proof = proof(JsonBody.parse(json, body));
        return proven(AuditEvent.CONFIRM, request, app, () -> passwords.confirm(app, proof));
    }

    @PostMapping("/reset")
    Map<String, String> reset(
            @PathVariable("app") String appId,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerHttpRequest request) {
        AppId app = apps.admit(appId);
        JsonBody reset = JsonBody.parse(json, body);
        MailProof proof = proof(reset);
        String password = reset.text("password");
        return proven(AuditEvent.RESET_PASSWORD, request, app, () -> passwords.reset(app, proof, password));
    }

    private Map<String, String> proven(
            AuditEvent event, ServerHttpRequest request, AppId app, Supplier<Identity> work) {
        return audit.entry(event, request).with("app", app).run(entry -> {
            entry.told(work.get());
            return Map.of();
        });
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
        String email = JsonBody.parse(json, body).text("email");
        return audited(AuditEvent.CONFIRM, request, app, email, () -> passwords.callConfirmation(
                app, email, Asker.of(request)));
    }

    @PostMapping("/reset/call")
    Map<String, String> callReset(
            @PathVariable("app") String appId,
            @RequestBody(required = false) byte @Nullable [] body,
            ServerHttpRequest request) {
        AppId app = apps.admit(appId);
        passwords.requireResetFunction();
        JsonBody reset = JsonBody.parse(json, body);
        String email = reset.text("email");
        return audited(AuditEvent.RESET_PASSWORD, request, app, email, () -> passwords.callReset(
                app,
                email,
                reset.text("password"),
                reset.has("arguments") ? reset.list("arguments") : List.of(),
                Asker.of(request)));
    }
}
