// SPDX-License-Identifier: Apache-2.0
package org.openros.core.federation;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.domain.AppId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The issuers of tokens that are trusted.
 *
 * <pre>
 * ros:
 *   auth:
 *     issuers:
 *       keycloak:
 *         provider: custom-token
 *         issuer: https://login.example.com/realms/shop
 *         audiences: [shop-app]
 *         required-claims:
 *           tenant: north
 *         fields:
 *           name: preferred_username
 *       google:
 *         provider: oauth2-google
 *         audiences: [1234.apps.googleusercontent.com]
 * </pre>
 *
 * @param issuers by a name of your choice; it becomes part of the identities, so it must not change
 */
@ConfigurationProperties("ros.auth")
public record FederationProperties(@DefaultValue Map<String, Issuer> issuers) {
    /** Takes a copy. */
    public FederationProperties {
        issuers = Map.copyOf(issuers);
    }

    /**
     * One issuer. Its keys come from exactly one place: {@code jwks-uri}, {@code jwks-file}, {@code secret}, or, when
     * none is set, from where the OpenID configuration of the issuer says.
     *
     * @param provider {@code custom-token} (the default), {@code oauth2-google} or {@code oauth2-apple}
     * @param apps the apps that may use it; empty (the default) means all
     * @param issuer what the claim {@code iss} must be; Google and Apple have a default
     * @param jwksUri address of the keys; https, or this machine
     * @param jwksFile file with a JWK set (RFC 7517)
     * @param secret shared secret for HS256, 32 bytes of text or more
     * @param audiences one of them must be in {@code aud}; default, for custom tokens only: the app id
     * @param algorithms accepted signatures; default RS256 and ES256, or HS256 with a secret
     * @param subjectClaim names the person; default {@code sub}
     * @param requiredClaims claims that must be there with this value, as text
     * @param fields what is shown to the app: name in the profile, and the claim that it comes from
     */
    public record Issuer(
            @DefaultValue("custom-token") String provider,
            @DefaultValue List<AppId> apps,
            @Nullable String issuer,
            @Nullable URI jwksUri,
            @Nullable Path jwksFile,
            @Nullable String secret,
            @DefaultValue List<String> audiences,
            @DefaultValue List<String> algorithms,
            @DefaultValue("sub") String subjectClaim,
            @DefaultValue Map<String, String> requiredClaims,
            @DefaultValue Map<String, String> fields) {
        @Override
        public String toString() {
            return "Issuer[" + provider + ", " + issuer + "]";
        }
    }
}
