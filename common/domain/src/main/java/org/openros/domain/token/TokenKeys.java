// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a verifier finds public keys. */
public final class TokenKeys {
    private static final String PATH = "/.well-known/jwks.json";
    private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
    private static final int READ_TIMEOUT_MILLIS = 2_000;
    private static final int MAX_BYTES = 64 * 1024;

    /** How long fetched keys count as new. An unknown key id is looked up at once, whatever the age. */
    private static final long FRESH_MILLIS = 5 * 60_000L;

    private static final long REFRESH_TIMEOUT_MILLIS = 5_000;

    /** Strangers with made-up key ids cause no more than two fetches in this time. */
    private static final long MIN_INTERVAL_MILLIS = 1_000;

    private final JWKSource<SecurityContext> source;

    private TokenKeys(JWKSource<SecurityContext> source) {
        this.source = source;
    }

    /** The public halves of keys at hand. */
    public static TokenKeys of(SigningKeys keys) {
        return new TokenKeys(keys.source());
    }

    /**
     * The public halves of keys at hand that change in time.
     *
     * @param keys asked for each token; quick
     */
    public static TokenKeys of(Supplier<SigningKeys> keys) {
        return new TokenKeys((selector, context) -> keys.get().source().get(selector, context));
    }

    /**
     * Keys published by core services, fetched on first use, kept for five minutes, and, when no core service answers,
     * for as long as the process lives: an outage never makes a good token bad. The addresses are asked in order.
     *
     * @param coreServices bases of core services, without trailing slash; one or more
     * @throws IllegalArgumentException if the list is empty or an address is not an HTTP address
     */
    public static TokenKeys published(List<URI> coreServices) {
        if (coreServices.isEmpty()) {
            throw new IllegalArgumentException("the address of a core service is needed");
        }
        JWKSource<SecurityContext> chain = fetched(coreServices.getLast(), null);
        for (URI base : coreServices.reversed().subList(1, coreServices.size())) {
            chain = fetched(base, chain);
        }
        return new TokenKeys(chain);
    }

    private static JWKSource<SecurityContext> fetched(URI base, @Nullable JWKSource<SecurityContext> next) {
        DefaultResourceRetriever http =
                new DefaultResourceRetriever(CONNECT_TIMEOUT_MILLIS, READ_TIMEOUT_MILLIS, MAX_BYTES);
        JWKSourceBuilder<SecurityContext> builder = JWKSourceBuilder.<SecurityContext>create(url(base), http)
                .cache(FRESH_MILLIS, REFRESH_TIMEOUT_MILLIS)
                .rateLimited(MIN_INTERVAL_MILLIS)
                .retrying(true)
                .outageTolerantForever();
        return next == null ? builder.build() : builder.failover(next).build();
    }

    private static URL url(URI base) {
        try {
            return URI.create(base + PATH).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("not an HTTP address: " + base, e);
        }
    }

    JWKSource<SecurityContext> source() {
        return source;
    }
}
