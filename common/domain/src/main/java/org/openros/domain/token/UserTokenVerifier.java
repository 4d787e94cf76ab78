// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Clock;
import org.openros.domain.AppId;

/**
 * Checks signature, kind and life of user tokens; whether user and log-in still exist is not its matter. Thread-safe.
 */
public final class UserTokenVerifier {
    private final SignatureCheck signature;
    private final Clock clock;

    /** Creates the verifier. */
    public UserTokenVerifier(TokenKeys keys, Clock clock) {
        signature = new SignatureCheck(JWSAlgorithm.ES256, keys.source());
        this.clock = clock;
    }

    /**
     * Checks a token of one kind; the caller compares the app.
     *
     * @throws InvalidTokenException if the token is certainly bad
     * @throws KeysUnavailableException if nothing can be said now
     */
    public UserToken verify(String token, UserToken.Kind kind) throws InvalidTokenException, KeysUnavailableException {
        TokenClaims claims = signature.check(token);
        claims.requireKind(kind.claim());
        claims.requireLive(clock.instant(), 0);
        return new UserToken(
                kind,
                claims.text("sub"),
                app(claims),
                claims.text(TokenClaims.LOGIN),
                claims.text(TokenClaims.DEVICE),
                claims.text("jti"),
                claims.issuedAt(),
                claims.expiresAt());
    }

    private static AppId app(TokenClaims claims) throws InvalidTokenException {
        String app = claims.text(TokenClaims.APP);
        if (!AppId.isValid(app) || !claims.isFor(app)) {
            throw TokenClaims.malformed();
        }
        return new AppId(app);
    }
}
