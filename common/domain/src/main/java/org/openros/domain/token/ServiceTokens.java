// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/**
 * The tokens by which the applications of one installation know each other: HS256 with a shared secret, good for a
 * minute, sent as {@code Authorization: Bearer} with each call of an {@code /internal/} route. Thread-safe.
 */
public final class ServiceTokens {
    /** Life of a token. */
    static final Duration LIFETIME = Duration.ofMinutes(1);

    /** The shortest secret in bytes, as HS256 wants it (RFC 7518, section 3.2). */
    public static final int MIN_SECRET_BYTES = 32;

    /** Clocks of two nodes may differ by this much, in seconds. */
    private static final long LEEWAY = 30;

    private final byte[] secret;
    private final Clock clock;
    private final SignatureCheck signature;

    /**
     * Creates the object.
     *
     * @param secret the text of {@code ros.internal.secret}
     * @throws IllegalArgumentException if the secret is too short
     */
    public ServiceTokens(String secret, Clock clock) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
        if (this.secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("ros.internal.secret must have " + MIN_SECRET_BYTES + " bytes or more");
        }
        signature = new SignatureCheck(JWSAlgorithm.HS256, new ImmutableSecret<>(this.secret));
    }

    /**
     * A new token.
     *
     * @param service the name of the calling application, for logs: {@code gateway}, {@code core-services}
     */
    public String issue(String service) {
        Instant now = clock.instant();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .subject(service)
                .claim(TokenClaims.KIND, TokenClaims.SERVICE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build();
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        try {
            jwt.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException("a service token cannot be signed", e);
        }
        return jwt.serialize();
    }

    /**
     * Checks a token.
     *
     * @return the name of the calling application
     * @throws InvalidTokenException if the token is not one of this installation, or has expired
     */
    public String verify(String token) throws InvalidTokenException {
        TokenClaims claims = check(token);
        claims.requireKind(TokenClaims.SERVICE);
        claims.requireLive(clock.instant(), LEEWAY);
        return claims.text("sub");
    }

    private TokenClaims check(String token) throws InvalidTokenException {
        try {
            return signature.check(token);
        } catch (KeysUnavailableException e) {
            throw new IllegalStateException("the secret is always at hand", e);
        }
    }
}
