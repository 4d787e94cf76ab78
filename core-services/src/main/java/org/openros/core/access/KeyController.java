// SPDX-License-Identifier: Apache-2.0
package org.openros.core.access;

import java.io.IOException;
import java.util.List;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.login.SigningKeyRing;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publishes the public keys (RFC 7517). */
@RestController
class KeyController {
    private final SigningKeyRing keys;
    private final AuditLog audit;

    KeyController(SigningKeyRing keys, AuditLog audit) {
        this.keys = keys;
        this.audit = audit;
    }

    @GetMapping(path = "/.well-known/jwks.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String keys() {
        return keys.keys().toPublicJson();
    }

    /** Puts a new signing key in place; it signs when all processes know it. */
    @PostMapping("/internal/v1/keys/rotate")
    KeyIds rotate(ServerHttpRequest request) throws IOException {
        keys.rotate();
        return audit.entry(AuditEvent.ROTATE_KEYS, request).run(entry -> {
            entry.with("keys", keys.keys().keyIds());
            return new KeyIds(keys.keys().keyIds());
        });
    }

    /** The ids of all keys, the one that signs now first. */
    record KeyIds(List<String> keyIds) {}
}
