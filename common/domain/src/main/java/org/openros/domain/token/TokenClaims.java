// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads claims that must be there. The constants are names of claims and values of the claim {@code typ}. */
final class TokenClaims {
    static final String KIND = "typ";
    static final String APP = "baas_app";
    static final String LOGIN = "sid";
    static final String DEVICE = "device_id";
    static final String CUSTOM_DATA = "user_data";
    static final String PATH = "path";
    static final String ACCESS = "access";
    static final String REALM = "realm";
    static final String SERVICE = "service";
    static final String ADMIN = "admin";

    private final JWTClaimsSet claims;

    TokenClaims(JWTClaimsSet claims) {
        this.claims = claims;
    }

    @Nullable Object kind() {
        return claims.getClaim(KIND);
    }

    /** What names the token itself; null if nothing does. */
    @Nullable String id() {
        return claims.getJWTID();
    }

    void requireKind(String kind) throws InvalidTokenException {
        if (!kind.equals(claims.getClaim(KIND))) {
            throw new InvalidTokenException(InvalidTokenException.Reason.WRONG_KIND, "not a token of kind " + kind);
        }
    }

    /** Refuses a token whose end lies more than {@code leeway} seconds in the past. */
    void requireLive(Instant now, long leeway) throws InvalidTokenException {
        if (!time(claims.getExpirationTime()).plusSeconds(leeway).isAfter(now)) {
            throw new InvalidTokenException(InvalidTokenException.Reason.EXPIRED, "the token has expired");
        }
    }

    String text(String name) throws InvalidTokenException {
        if (claims.getClaim(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw malformed();
    }

    List<String> texts(String name) throws InvalidTokenException {
        try {
            List<String> texts = claims.getStringListClaim(name);
            if (texts != null) {
                return texts;
            }
        } catch (ParseException e) {
            throw malformed();
        }
        throw malformed();
    }

    Instant issuedAt() throws InvalidTokenException {
        return time(claims.getIssueTime());
    }

    Instant expiresAt() throws InvalidTokenException {
        return time(claims.getExpirationTime());
    }

    boolean isFor(String audience) {
        return claims.getAudience().contains(audience);
    }

    private static Instant time(@Nullable Date date) throws InvalidTokenException {
        if (date == null) {
            throw malformed();
        }
        return date.toInstant();
    }

    static InvalidTokenException malformed() {
        return new InvalidTokenException(
                InvalidTokenException.Reason.MALFORMED, "a claim of the token is missing or has a wrong form");
    }
}
