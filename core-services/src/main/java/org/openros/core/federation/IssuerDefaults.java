// SPDX-License-Identifier: Apache-2.0
package org.openros.core.federation;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Provider;
import org.openros.core.federation.FederationProperties.Issuer;

/**
 * Settings of an issuer with what is commonly known of Google and Apple filled in.
 *
 * @param issuer null if the claim may be anything
 * @param jwksUri null if it is not an address that the keys come from, or it has to be asked for
 */
record IssuerDefaults(
        Provider provider, @Nullable String issuer, @Nullable URI jwksUri, Map<String, String> fields) {
    private static final String HTTPS = "https://";

    static IssuerDefaults of(Issuer settings) {
        Provider provider = Provider.named(settings.provider());
        return switch (provider) {
            case CUSTOM_TOKEN -> filled(settings, provider, null, null, Map.of());
            case GOOGLE -> filled(
                    settings,
                    provider,
                    "https://accounts.google.com",
                    "https://www.googleapis.com/oauth2/v3/certs",
                    Map.of(
                            "email", "email",
                            "name", "name",
                            "first_name", "given_name",
                            "last_name", "family_name",
                            "picture_url", "picture"));
            case APPLE -> filled(
                    settings,
                    provider,
                    "https://appleid.apple.com",
                    "https://appleid.apple.com/auth/keys",
                    Map.of("email", "email"));
            case ANONYMOUS, EMAIL_PASSWORD, API_KEY, CUSTOM_FUNCTION, FACEBOOK -> throw unfit(settings);
            case null -> throw unfit(settings);
        };
    }

    private static IllegalArgumentException unfit(Issuer settings) {
        return new IllegalArgumentException("provider " + settings.provider()
                + " takes no issuer; custom-token, oauth2-google and oauth2-apple do");
    }

    private static IssuerDefaults filled(
            Issuer settings, Provider provider, @Nullable String issuer, @Nullable String jwksUri,
            Map<String, String> fields) {
        URI usual = jwksUri == null || settings.issuer() != null ? null : URI.create(jwksUri);
        return new IssuerDefaults(
                provider,
                settings.issuer() == null ? issuer : settings.issuer(),
                settings.jwksUri() == null ? usual : settings.jwksUri(),
                settings.fields().isEmpty() ? fields : settings.fields());
    }

    /** Whether a token may call its issuer so: Google leaves the scheme out at times. */
    boolean isNamed(@Nullable String name) {
        return issuer != null
                && name != null
                && (issuer.equals(name) || (provider == Provider.GOOGLE && issuer.equals(HTTPS + name)));
    }
}
