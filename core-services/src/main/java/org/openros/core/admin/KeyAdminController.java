// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import io.swagger.v3.oas.annotations.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.openros.core.admin.Paging.Page;
import org.openros.core.audit.AuditEvent;
import org.openros.core.login.SigningKeyRing;
import org.openros.core.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The keys that sign tokens (admin API, section 15.7). */
@RestController
@RequestMapping(path = AdminRoutes.V1 + "/keys", produces = MediaType.APPLICATION_JSON_VALUE)
final class KeyAdminController {
    private final SigningKeyRing keys;
    private final AdminParts parts;

    KeyAdminController(SigningKeyRing keys, AdminParts parts) {
        this.keys = keys;
        this.parts = parts;
    }

    /**
     * A key.
     *
     * @param state {@code signing}, {@code settling} (published, signs soon) or {@code verifying}
     */
    record KeyView(String kid, String algorithm, String state) {}

    /** All keys, the newest first. */
    @GetMapping
    @Operation(summary = "Lists the keys that sign and verify tokens, the newest first")
    Page<KeyView> list() {
        List<String> stored = keys.stored();
        String signing = keys.keys().keyIds().getFirst();
        int place = stored.indexOf(signing);
        List<KeyView> views = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            String state = i < place ? "settling" : i == place ? "signing" : "verifying";
            views.add(new KeyView(stored.get(i), "ES256", state));
        }
        return Page.of(views, null);
    }

    /** Adds a key, which signs when all processes know it; nobody is logged out. */
    @PostMapping("/rotate")
    @Operation(summary = "Adds a signing key; nobody is logged out")
    Page<KeyView> rotate(Authentication admin, ServerHttpRequest request) {
        return parts.audit(AuditEvent.ROTATE_KEYS, request, admin).run(line -> {
            try {
                keys.rotate();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            line.with("keys", keys.stored());
            return list();
        });
    }

    /** Takes a key away that does not sign any more; who has tokens of it is logged out. */
    @DeleteMapping("/{kid}")
    @Operation(summary = "Takes away a key that no longer signs; who has tokens of it is logged out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retire(Authentication admin, ServerHttpRequest request, @PathVariable String kid) {
        KeyView key = list().items().stream()
                .filter(each -> each.kid().equals(kid))
                .findFirst()
                .orElseThrow(() -> Problem.NO_RESOURCE.exception("there is no such key"));
        parts.audit(AuditEvent.RETIRE_KEY, request, admin).with("key", kid).run(line -> {
            if (!key.state().equals("verifying")) {
                throw Problem.CONFLICT.exception("the key is " + key.state() + ": rotate first, and wait a minute");
            }
            try {
                keys.retire(kid);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return kid;
        });
    }
}
