// SPDX-License-Identifier: Apache-2.0
package org.openros.core.federation;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Provider;
import org.openros.core.federation.FederationProperties.Issuer;
import org.openros.core.federation.IdentityProvider.Person;
import org.openros.core.federation.IdentityProvider.RefusedException;
import org.openros.core.federation.IdentityProvider.UndecidedException;
import org.openros.domain.AppId;

/**
 * One issuer of tokens (JWT, RFC 7519; ID tokens of OpenID Connect). Its algorithms are either all symmetric or all
 * asymmetric, and keys are chosen by algorithm, type and key id together, so a public key is never taken for a secret.
 * Thread-safe.
 */
final class TrustedIssuer {
    private static final int CLOCK_SKEW_SECONDS = 30;

    private final String name;
    private final IssuerDefaults defaults;
    private final Issuer settings;
    private final Set<JWSAlgorithm> algorithms;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /**
     * Reads the settings.
     *
     * @throws IllegalStateException if they cannot work; the message names the setting
     */
    TrustedIssuer(String name, Issuer settings) {
        this.name = name;
        this.settings = settings;
        try {
            defaults = IssuerDefaults.of(settings);
            algorithms = algorithms(settings);
            processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys()));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("ros.auth.issuers." + name + ": " + e.getMessage(), e);
        }
        processor.setJWTClaimsSetVerifier(null);
        if (defaults.provider() != Provider.CUSTOM_TOKEN && settings.audiences().isEmpty()) {
            throw new IllegalStateException("ros.auth.issuers." + name
                    + ".audiences: the client ids of your apps are needed: "
                    + "tokens for others' apps must not open yours");
        }
    }

    private static Set<JWSAlgorithm> algorithms(Issuer settings) {
        boolean shared = settings.secret() != null;
        Set<JWSAlgorithm> algorithms = new HashSet<>();
        settings.algorithms().forEach(each -> algorithms.add(JWSAlgorithm.parse(each)));
        if (algorithms.isEmpty()) {
            algorithms.addAll(shared ? Set.of(JWSAlgorithm.HS256) : Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256));
        }
        JWSAlgorithm.Family family = shared ? JWSAlgorithm.Family.HMAC_SHA : JWSAlgorithm.Family.SIGNATURE;
        if (!family.containsAll(algorithms)) {
            throw new IllegalArgumentException("algorithms " + algorithms + " do not go with the kind of key");
        }
        return algorithms;
    }

    private JWKSource<SecurityContext> keys() {
        if (settings.secret() != null) {
            requireOnly(settings.jwksUri() == null && settings.jwksFile() == null);
            return IssuerKeys.ofSecret(settings.secret());
        }
        if (settings.jwksFile() != null) {
            requireOnly(settings.jwksUri() == null);
            return IssuerKeys.ofFile(settings.jwksFile());
        }
        if (defaults.jwksUri() != null) {
            return IssuerKeys.fetchedFrom(defaults.jwksUri());
        }
        if (defaults.issuer() == null) {
            throw new IllegalArgumentException("one of issuer, jwks-uri, jwks-file or secret is needed");
        }
        return IssuerKeys.discovered(defaults.issuer());
    }

    private static void requireOnly(boolean alone) {
        if (!alone) {
            throw new IllegalArgumentException("only one of jwks-uri, jwks-file and secret may be set");
        }
    }

    Provider provider() {
        return defaults.provider();
    }

    /** Whether it may vouch for users of the app with a token that says it comes from here; nothing is checked yet. */
    boolean mayHaveIssued(SignedJWT token, AppId app) {
        return (settings.apps().isEmpty() || settings.apps().contains(app)) && isFromHere(claims(token));
    }

    private boolean isFromHere(@Nullable JWTClaimsSet claims) {
        return claims != null && (defaults.issuer() == null || defaults.isNamed(claims.getIssuer()));
    }

    private static @Nullable JWTClaimsSet claims(SignedJWT token) {
        try {
            return token.getJWTClaimsSet();
        } catch (ParseException e) {
            return null;
        }
    }

    /** Checks a token and tells whose it is. */
    Person identify(SignedJWT token, AppId app) throws RefusedException, UndecidedException {
        JWTClaimsSet claims = genuine(token);
        try {
            verifier(app).verify(claims, null);
        } catch (BadJOSEException e) {
            throw new RefusedException("the token is not good: " + e.getMessage());
        }
        for (Map.Entry<String, String> required : settings.requiredClaims().entrySet()) {
            if (!required.getValue().equals(text(claims, required.getKey()))) {
                throw new RefusedException("the token lacks the right claim " + required.getKey());
            }
        }
        String subject = text(claims, settings.subjectClaim());
        if (!isFromHere(claims) || subject == null) {
            throw new RefusedException("the token has the wrong issuer or no subject");
        }
        return new Person(name + "/" + subject, profile(claims));
    }

    private JWTClaimsSet genuine(SignedJWT token) throws RefusedException, UndecidedException {
        if (!algorithms.contains(token.getHeader().getAlgorithm())) {
            throw new RefusedException("the token is signed in a way that is not accepted");
        }
        try {
            return processor.process(token, null);
        } catch (BadJOSEException e) {
            throw new RefusedException("the signature of the token is not good");
        } catch (KeySourceException e) {
            throw new UndecidedException("the keys of the issuer " + name + " are not at hand", e);
        } catch (JOSEException e) {
            throw new RefusedException("the signature of the token cannot be checked");
        }
    }

    private DefaultJWTClaimsVerifier<SecurityContext> verifier(AppId app) {
        // The library asks it for null, which immutable sets do not bear.
        Set<String> audiences =
                new HashSet<>(settings.audiences().isEmpty() ? List.of(app.value()) : settings.audiences());
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(audiences, null, Set.of("exp"), null);
        verifier.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        return verifier;
    }

    private Map<String, String> profile(JWTClaimsSet claims) {
        Map<String, String> profile = new HashMap<>();
        defaults.fields().forEach((field, claim) -> {
            String value = text(claims, claim);
            boolean doubtful = claim.equals("email") && "false".equals(text(claims, "email_verified"));
            if (value != null && !doubtful) {
                profile.put(field, value);
            }
        });
        return profile;
    }

    /** A claim as text; null if it is not there or has parts. */
    private static @Nullable String text(JWTClaimsSet claims, String name) {
        Object value = claims.getClaim(name);
        return switch (value) {
            case String text -> text.isEmpty() ? null : text;
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case List<?> list when name.equals("aud") && list.size() == 1 -> String.valueOf(list.getFirst());
            case null, default -> null;
        };
    }
}
