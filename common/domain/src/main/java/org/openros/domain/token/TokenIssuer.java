// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.Date;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Signs user tokens and realm tokens (ES256) with the first of the signing keys. Thread-safe. */
public final class TokenIssuer {
    private final Supplier<SigningKeys> keys;
    private volatile @Nullable Signer last;

    /** Creates the issuer. */
    public TokenIssuer(SigningKeys keys) {
        this(() -> keys);
        signer();
    }

    /**
     * Creates an issuer whose keys change in time.
     *
     * @param keys asked before each token; quick
     */
    public TokenIssuer(Supplier<SigningKeys> keys) {
        this.keys = keys;
    }

    private Signer signer() {
        SigningKeys current = keys.get();
        Signer known = last;
        if (known == null || !known.keyId().equals(current.keyIds().getFirst())) {
            known = Signer.of(current.signing());
            last = known;
        }
        return known;
    }

    /** Signs a user token. Times are cut to whole seconds: clients abort on anything but plain integers. */
    public String issue(UserToken token) {
        return issue(token, Map.of());
    }

    /**
     * Signs a user token. Times are cut to whole seconds: clients abort on anything but plain integers.
     *
     * @param customData what SDKs show to the app as custom user data; left out if empty
     */
    public String issue(UserToken token, Map<String, ?> customData) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(token.userId())
                .audience(token.app().value())
                .claim(TokenClaims.APP, token.app().value())
                .claim(TokenClaims.KIND, token.kind().claim())
                .claim(TokenClaims.LOGIN, token.loginId())
                .claim(TokenClaims.DEVICE, token.deviceId())
                .jwtID(token.tokenId())
                .issueTime(Date.from(token.issuedAt()))
                .expirationTime(Date.from(token.expiresAt()));
        if (!customData.isEmpty()) {
            claims.claim(TokenClaims.CUSTOM_DATA, customData);
        }
        return sign(claims.build());
    }

    /** Signs a realm token. */
    public String issue(RealmToken token) {
        return sign(new JWTClaimsSet.Builder()
                .subject(token.userId())
                .claim(TokenClaims.KIND, TokenClaims.REALM)
                .claim(TokenClaims.PATH, token.path().value())
                .claim(TokenClaims.ACCESS, token.access().stream().sorted().map(AccessRight::claim).toList())
                .expirationTime(Date.from(token.expiresAt()))
                .build());
    }

    /** Signs an administrator's token. */
    public String issue(AdminToken token) {
        return sign(new JWTClaimsSet.Builder()
                .subject(token.name())
                .jwtID(token.id())
                .claim(TokenClaims.KIND, token.role().text())
                .expirationTime(Date.from(token.expiresAt()))
                .build());
    }

    private String sign(JWTClaimsSet claims) {
        Signer signer = signer();
        SignedJWT jwt = new SignedJWT(signer.header(), claims);
        try {
            jwt.sign(signer.signer());
        } catch (JOSEException e) {
            throw new IllegalStateException("a token cannot be signed", e);
        }
        return jwt.serialize();
    }

    /** One key, ready to sign. */
    private record Signer(String keyId, JWSSigner signer, JWSHeader header) {
        static Signer of(ECKey key) {
            try {
                JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build();
                return new Signer(key.getKeyID(), new ECDSASigner(key), header);
            } catch (JOSEException e) {
                throw new IllegalArgumentException("the signing key cannot be used", e);
            }
        }
    }
}
