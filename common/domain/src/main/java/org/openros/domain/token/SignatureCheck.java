// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import org.openros.domain.token.InvalidTokenException.Reason;

/**
 * Accepts tokens of exactly one algorithm. The key is chosen by algorithm, type and key id together, so a token cannot
 * have a public key taken for a shared secret. Thread-safe.
 */
final class SignatureCheck {
    /** No token of ours comes near; it also bounds what is parsed for a stranger. In characters. */
    private static final int MAX_LENGTH = 8192;

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    SignatureCheck(JWSAlgorithm algorithm, JWKSource<SecurityContext> keys) {
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithm, keys));
        processor.setJWTClaimsSetVerifier(null);
    }

    TokenClaims check(String token) throws InvalidTokenException, KeysUnavailableException {
        SignedJWT jwt = parse(token);
        try {
            return new TokenClaims(processor.process(jwt, null));
        } catch (BadJOSEException e) {
            throw new InvalidTokenException(Reason.BAD_SIGNATURE, "the signature of the token is not good");
        } catch (KeySourceException e) {
            throw new KeysUnavailableException(e);
        } catch (JOSEException e) {
            throw new InvalidTokenException(Reason.BAD_SIGNATURE, "the signature of the token cannot be checked");
        }
    }

    private static SignedJWT parse(String token) throws InvalidTokenException {
        if (token.length() > MAX_LENGTH) {
            throw new InvalidTokenException(Reason.MALFORMED, "the token is too long");
        }
        try {
            return SignedJWT.parse(token);
        } catch (ParseException | IllegalArgumentException e) {
            throw new InvalidTokenException(Reason.MALFORMED, "not a signed JWT");
        }
    }
}
