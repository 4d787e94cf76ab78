// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Clock;

/** Checks administrators' tokens. Thread-safe. */
public final class AdminTokenVerifier {
    private final SignatureCheck signature;
    private final Clock clock;

    /** Creates the verifier. */
    public AdminTokenVerifier(TokenKeys keys, Clock clock) {
        signature = new SignatureCheck(JWSAlgorithm.ES256, keys.source());
        this.clock = clock;
    }

    /**
     * Checks a token.
     *
     * @throws InvalidTokenException if the token is certainly bad; with reason {@code WRONG_KIND} it may be a good
     * one of another kind
     * @throws KeysUnavailableException if nothing can be said now
     */
    public AdminToken verify(String token) throws InvalidTokenException, KeysUnavailableException {
        TokenClaims claims = signature.check(token);
        AdminRole role = AdminRole.named(claims.kind());
        if (role == null) {
            throw new InvalidTokenException(
                    InvalidTokenException.Reason.WRONG_KIND, "not a token of an administrator");
        }
        claims.requireLive(clock.instant(), 0);
        return new AdminToken(claims.text("sub"), role, claims.id(), claims.expiresAt());
    }
}
