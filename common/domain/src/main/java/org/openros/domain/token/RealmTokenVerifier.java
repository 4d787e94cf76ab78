// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Set;
import org.openros.domain.RealmPath;

/** Checks realm tokens. Thread-safe; blocks for seconds at most, and only when keys must be fetched. */
public final class RealmTokenVerifier {
    /** Clocks of two nodes may differ by this much, in seconds. */
    private static final long LEEWAY = 30;

    private final SignatureCheck signature;
    private final Clock clock;

    /** Creates the verifier. */
    public RealmTokenVerifier(TokenKeys keys, Clock clock) {
        signature = new SignatureCheck(JWSAlgorithm.ES256, keys.source());
        this.clock = clock;
    }

    /**
     * Checks a token; the caller compares the path.
     *
     * @throws InvalidTokenException if the token is certainly bad
     * @throws KeysUnavailableException if nothing can be said now
     */
    public RealmToken verify(String token) throws InvalidTokenException, KeysUnavailableException {
        TokenClaims claims = signature.check(token);
        claims.requireKind(TokenClaims.REALM);
        claims.requireLive(clock.instant(), LEEWAY);
        try {
            return new RealmToken(
                    claims.text("sub"),
                    new RealmPath(claims.text(TokenClaims.PATH)),
                    rights(claims),
                    claims.expiresAt());
        } catch (IllegalArgumentException e) {
            throw TokenClaims.malformed();
        }
    }

    private static Set<AccessRight> rights(TokenClaims claims) throws InvalidTokenException {
        Set<AccessRight> rights = EnumSet.noneOf(AccessRight.class);
        for (String claim : claims.texts(TokenClaims.ACCESS)) {
            rights.add(AccessRight.ofClaim(claim));
        }
        return rights;
    }
}
