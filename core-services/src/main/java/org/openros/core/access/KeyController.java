// SPDX-License-Identifier: Apache-2.0
package org.openros.core.access;

import org.openros.domain.token.SigningKeys;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publishes the public keys (RFC 7517). */
@RestController
class KeyController {
    private final String keys;

    KeyController(SigningKeys keys) {
        this.keys = keys.toPublicJson();
    }

    @GetMapping(path = "/.well-known/jwks.json", produces = MediaType.APPLICATION_JSON_VALUE)
    String keys() {
        return keys;
    }
}
