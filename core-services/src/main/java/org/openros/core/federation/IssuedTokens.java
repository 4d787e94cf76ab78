// SPDX-License-Identifier: Apache-2.0
package org.openros.core.federation;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.util.List;
import org.openros.core.account.Provider;
import org.openros.domain.AppId;
import tools.jackson.databind.JsonNode;

/** Log-in with a token of any of the issuers that are trusted for one provider. Thread-safe. */
final class IssuedTokens implements IdentityProvider {
    /** Bounds what is parsed for a stranger. In characters. */
    private static final int MAX_LENGTH = 16 * 1024;

    private final Provider provider;
    private final List<TrustedIssuer> issuers;

    IssuedTokens(Provider provider, List<TrustedIssuer> issuers) {
        this.provider = provider;
        this.issuers = List.copyOf(issuers);
    }

    @Override
    public Provider provider() {
        return provider;
    }

    @Override
    public Person identify(AppId app, JsonNode credentials) throws RefusedException, UndecidedException {
        SignedJWT token = parse(credentials.path(provider == Provider.CUSTOM_TOKEN ? "token" : "id_token"));
        RefusedException refused = new RefusedException("no issuer of such tokens is trusted for this app");
        for (TrustedIssuer issuer : issuers) {
            if (issuer.mayHaveIssued(token, app)) {
                try {
                    return issuer.identify(token, app);
                } catch (RefusedException e) {
                    refused = e;
                }
            }
        }
        throw refused;
    }

    private static SignedJWT parse(JsonNode token) throws RefusedException {
        String text = token.asString("");
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new RefusedException("a token is needed, as JWT");
        }
        try {
            return SignedJWT.parse(text);
        } catch (ParseException | IllegalArgumentException e) {
            throw new RefusedException("not a signed JWT");
        }
    }
}
