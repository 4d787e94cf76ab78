// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.Identity;
import org.openros.core.account.IdentityKey;
import org.openros.core.account.MailProof;
import org.openros.core.account.MailPurpose;
import org.openros.core.account.Provider;
import org.openros.core.account.User;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.email.Asker;
import org.openros.core.email.PasswordAccounts;
import org.openros.core.problem.Problem;
import org.openros.core.problem.RequestJson;
import org.openros.core.realmapi.Caller;
import org.openros.core.realmapi.CallerCheck;
import org.openros.domain.token.UserToken;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes passwords, and confirms addresses and resets passwords by mail (admin API, sections 6.2 and 7.2). */
@RestController
@RequestMapping(path = "/auth/{provider}", produces = MediaType.APPLICATION_JSON_VALUE)
class AccountsController {
    private static final String DATA = "data";
    private static final String USER_ID = "user_id";
    private static final String TOKEN = "token";
    private static final String ACTION = "action";
    private static final String NEW_PASSWORD = "new_password";
    private static final String OLD_PASSWORD = "old_password";
    private static final Duration RECENT = Duration.ofHours(24);

    private final CallerCheck callers;
    private final RequestedApp apps;
    private final Accounts accounts;
    private final PasswordAccounts passwords;
    private final AuditLog audit;
    private final RosAuthProperties settings;
    private final Clock clock;
    private final JsonMapper json;

    AccountsController(
            CallerCheck callers,
            RequestedApp apps,
            Accounts accounts,
            PasswordAccounts passwords,
            AuditLog audit,
            RosAuthProperties settings,
            Clock clock,
            JsonMapper json) {
        this.callers = callers;
        this.apps = apps;
        this.accounts = accounts;
        this.passwords = passwords;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
        this.json = json;
    }

    private static void requirePasswords(String provider) {
        if (ProviderNames.provider(provider) != Provider.EMAIL_PASSWORD) {
            throw Problem.invalid("provider", "has no passwords");
        }
    }

    /** Sets the password of the caller, or of another user for an administrator. */
    @PutMapping
    ObjectNode change(
            ServerHttpRequest request,
            @PathVariable String provider,
            @RequestBody(required = false) byte @Nullable [] body) {
        requirePasswords(provider);
        Caller caller = callers.of(request);
        RequestJson wanted = RequestJson.parse(json, body);
        RequestJson data = wanted.object(DATA);
        String password = data.text(NEW_PASSWORD);
        UserToken shown = callers.userToken(request);
        IdentityKey key = requireAccount(caller, shown, wanted.has(USER_ID) ? wanted.text(USER_ID) : null);
        requireProof(caller, shown, key, data);
        return audit.entry(AuditEvent.RESET_PASSWORD, request)
                .with("app", caller.app())
                .account(AuditLog.account(caller.app(), key.subject()))
                .run(entry -> {
                    passwords.change(key, password, shown == null ? null : shown.loginId(),
                            settings.revokeOnPasswordChange());
                    return JsonNodeFactory.instance.objectNode();
                });
    }

    private IdentityKey requireAccount(Caller caller, @Nullable UserToken shown, @Nullable String wantedId) {
        String self = shown == null ? null : shown.userId();
        String userId = wantedId == null ? self : wantedId;
        if (userId == null) {
            throw Problem.missing(USER_ID);
        }
        if (!userId.equals(self) && caller instanceof Caller.Somebody) {
            throw Problem.ACCESS_DENIED.exception("another user");
        }
        User user = accounts.findUser(userId);
        if (user == null || !user.app().equals(caller.app())) {
            throw Problem.UNKNOWN_ACCOUNT.exception("there is no such user");
        }
        return user.identities().values().stream()
                .filter(key -> key.provider() == Provider.EMAIL_PASSWORD)
                .min(Comparator.comparing(IdentityKey::subject))
                .orElseThrow(() -> Problem.UNKNOWN_ACCOUNT.exception("the user has no password"));
    }

    /** An old password that is shown must be right; some installations want it, or a log-in that is not long ago. */
    private void requireProof(Caller caller, @Nullable UserToken shown, IdentityKey key, RequestJson data) {
        if (data.has(OLD_PASSWORD)) {
            Identity identity = accounts.findIdentity(key);
            if (identity == null || !passwords.isPassword(identity, data.text(OLD_PASSWORD))) {
                throw Problem.INVALID_CREDENTIALS.exception("the old password is wrong");
            }
            return;
        }
        boolean recent = shown != null
                && shown.kind() == UserToken.Kind.REFRESH
                && shown.issuedAt().plus(RECENT).isAfter(clock.instant());
        if (settings.requireRecentLogin() && !recent && caller instanceof Caller.Somebody) {
            throw Problem.ACCESS_DENIED.exception(
                    "the old password, or the refresh token of a recent log-in, is needed");
        }
    }

    /** For those who cannot log in: asks for mails, and uses the tokens in them. */
    @PostMapping("/updateAccount")
    ObjectNode update(
            ServerHttpRequest request,
            @PathVariable String provider,
            @RequestBody(required = false) byte @Nullable [] body) {
        requirePasswords(provider);
        RequestJson wanted = RequestJson.parse(json, body);
        RequestJson data = wanted.has(DATA) ? wanted.object(DATA) : wanted;
        switch ((data.has(ACTION) ? data : wanted).text(ACTION)) {
            case "reset_password" -> ask(request, AuditEvent.ASK_RESET, MailPurpose.RESET, wanted);
            case "request_email_confirmation" -> ask(request, AuditEvent.ASK_CONFIRMATION, MailPurpose.CONFIRM, wanted);
            case "complete_reset" -> {
                MailProof proof = proof(text(data, wanted, TOKEN));
                String password = text(data, wanted, NEW_PASSWORD);
                use(request, AuditEvent.RESET_PASSWORD, () -> passwords.reset(null, proof, password));
            }
            case "confirm_email" -> {
                MailProof proof = proof(text(data, wanted, TOKEN));
                use(request, AuditEvent.CONFIRM, () -> passwords.confirm(null, proof));
            }
            default -> throw Problem.invalid(ACTION, "there is no such action");
        }
        return JsonNodeFactory.instance.objectNode();
    }

    /** Some clients put everything at the top. */
    private static String text(RequestJson data, RequestJson wanted, String key) {
        return (data.has(key) ? data : wanted).text(key);
    }

    /** The answer is the same whether or not there is such an account. */
    private void ask(ServerHttpRequest request, AuditEvent event, MailPurpose purpose, RequestJson wanted) {
        String name = wanted.text("provider_id");
        var app = apps.of(request, wanted);
        if (!passwords.sendsMail()) {
            throw Problem.NOT_ENABLED.exception("there is no mail server");
        }
        audit.entry(event, request).with("app", app).account(AuditLog.account(app, name)).run(entry -> {
            passwords.send(app, name, purpose, Asker.of(request));
            return name;
        });
    }

    private interface Use {
        Identity now();
    }

    private void use(ServerHttpRequest request, AuditEvent event, Use use) {
        audit.entry(event, request).run(entry -> {
            Identity identity = use.now();
            entry.told(identity);
            return identity;
        });
    }

    /**
     * The parts of a mail's token in one text, for clients that know one only: record and secret with a dot between.
     */
    private static MailProof proof(String token) {
        int dot = token.indexOf('.');
        return dot < 0 ? new MailProof("", token) : new MailProof(token.substring(0, dot), token.substring(dot + 1));
    }
}
