// SPDX-License-Identifier: Apache-2.0
package org.openros.core.access;

import java.io.IOException;
import java.util.List;
import org.openros.core.login.SigningKeyRing;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publishes the public keys (RFC 7517). */
@RestController
class KeyController {
    private final SigningKeyRing keys;

    KeyController(SigningKeyRing keys) {
        this.keys = keys;
    }

    @GetMapping(path = "/.well-known/jwks.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String keys() {
        return keys.keys().toPublicJson();
    }

    /** Puts a new signing key in place; it signs when all processes know it. */
    @PostMapping("/internal/v1/keys/rotate")
    KeyIds rotate() throws IOException {
        keys.rotate();
        return new KeyIds(keys.keys().keyIds());
    }

    /** The ids of all keys, the one that signs now first. */
    record KeyIds(List<String> keyIds) {}
}
