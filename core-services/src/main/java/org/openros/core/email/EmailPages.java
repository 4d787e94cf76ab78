// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Identity;
import org.openros.core.account.MailProof;
import org.openros.core.account.MailPurpose;
import org.openros.core.account.MailTokens;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.http.ApiException;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

/**
 * The pages that mails lead to when the app has none of its own. Opening a page changes nothing, for programs that scan
 * mails open links too; a button does. There are no cookies, so a forged form has nothing to ride on: it would need the
 * token.
 */
@RestController
@RunsIn(CoreService.AUTH)
class EmailPages {
    private final PasswordAccounts passwords;
    private final MailTokens tokens;
    private final AuditLog audit;

    EmailPages(PasswordAccounts passwords, MailTokens tokens, AuditLog audit) {
        this.passwords = passwords;
        this.tokens = tokens;
        this.audit = audit;
    }

    @GetMapping("/confirm-email")
    ResponseEntity<String> askToConfirm(
            @RequestParam(name = "token", defaultValue = "") String token,
            @RequestParam(name = "tokenId", defaultValue = "") String tokenId) {
        MailProof proof = new MailProof(tokenId, token);
        return known(proof, MailPurpose.CONFIRM) ? Page.confirmForm(proof) : Page.badLink();
    }

    @PostMapping("/confirm-email")
    ResponseEntity<String> confirm(ServerWebExchange exchange) {
        try {
            MailProof proof = proof(exchange.getFormData().block());
            audited(AuditEvent.CONFIRM, exchange, () -> passwords.confirm(null, proof));
            return Page.done("Your address is confirmed. You can log in now.");
        } catch (ApiException e) {
            return Page.of(e);
        }
    }

    @GetMapping("/reset-password")
    ResponseEntity<String> askForPassword(
            @RequestParam(name = "token", defaultValue = "") String token,
            @RequestParam(name = "tokenId", defaultValue = "") String tokenId) {
        MailProof proof = new MailProof(tokenId, token);
        return known(proof, MailPurpose.RESET) ? Page.resetForm(proof, "") : Page.badLink();
    }

    @PostMapping("/reset-password")
    ResponseEntity<String> reset(ServerWebExchange exchange) {
        MultiValueMap<String, String> form = exchange.getFormData().block();
        MailProof proof = proof(form);
        if (!proof.isWellFormed()) {
            return Page.badLink();
        }
        String password = field(form, "password");
        if (!password.equals(field(form, "password-repeated"))) {
            return Page.resetForm(proof, "The two passwords differ.");
        }
        try {
            audited(AuditEvent.RESET_PASSWORD, exchange, () -> passwords.reset(null, proof, password));
            return Page.done("You have a new password. You can log in with it now.");
        } catch (ApiException e) {
            return known(proof, MailPurpose.RESET) ? Page.resetForm(proof, String.valueOf(e.getMessage())) : Page.of(e);
        }
    }

    private void audited(AuditEvent event, ServerWebExchange exchange, Supplier<Identity> work) {
        audit.entry(event, exchange.getRequest()).run(entry -> entry.told(work.get()));
    }

    private boolean known(MailProof proof, MailPurpose purpose) {
        return tokens.find(proof, purpose) != null;
    }

    private static MailProof proof(@Nullable MultiValueMap<String, String> form) {
        return new MailProof(field(form, "tokenId"), field(form, "token"));
    }

    private static String field(@Nullable MultiValueMap<String, String> form, String name) {
        String value = form == null ? null : form.getFirst(name);
        return value == null ? "" : value;
    }
}
