// SPDX-License-Identifier: Apache-2.0
package org.openros.core.federation;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where the keys of an issuer come from. */
final class IssuerKeys {
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    private static final int READ_TIMEOUT_MILLIS = 3_000;
    private static final int MAX_BYTES = 256 * 1024;
    private static final int MIN_SECRET_BYTES = 32;

    /** How long fetched keys count as new. An unknown key id is looked up at once, whatever the age. */
    private static final long FRESH_MILLIS = 5 * 60_000L;

    private static final long REFRESH_TIMEOUT_MILLIS = 5_000;

    /** Strangers with made-up key ids cause no more than two fetches in this time. */
    private static final long MIN_INTERVAL_MILLIS = 10_000;

    /** How long known keys bridge an outage of the issuer. */
    private static final long OUTAGE_MILLIS = Duration.ofDays(1).toMillis();

    private IssuerKeys() {}

    static JWKSource<SecurityContext> ofSecret(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("the secret must have " + MIN_SECRET_BYTES + " bytes or more");
        }
        return new ImmutableSecret<>(bytes);
    }

    /** Only the public halves of what is in the file. */
    static JWKSource<SecurityContext> ofFile(Path file) {
        try {
            return new ImmutableJWKSet<>(JWKSet.load(file.toFile()).toPublicJWKSet());
        } catch (IOException | ParseException e) {
            throw new IllegalArgumentException(file + " cannot be read as a JWK set", e);
        }
    }

    static JWKSource<SecurityContext> fetchedFrom(URI address) {
        return JWKSourceBuilder.<SecurityContext>create(url(address), http())
                .cache(FRESH_MILLIS, REFRESH_TIMEOUT_MILLIS)
                .rateLimited(MIN_INTERVAL_MILLIS)
                .retrying(true)
                .outageTolerant(OUTAGE_MILLIS)
                .build();
    }

    private static DefaultResourceRetriever http() {
        return new DefaultResourceRetriever(CONNECT_TIMEOUT_MILLIS, READ_TIMEOUT_MILLIS, MAX_BYTES);
    }

    /** Keys that pass through strangers' hands prove nothing. */
    private static URL url(URI address) {
        boolean safe = "https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && isHere(address));
        if (!safe) {
            throw new IllegalArgumentException(address + " must be an https address");
        }
        try {
            return address.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(address + " is not an address", e);
        }
    }

    private static boolean isHere(URI address) {
        String host = address.getHost();
        try {
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Keys at the address that the OpenID configuration of the issuer names; asked when first needed. */
    static JWKSource<SecurityContext> discovered(String issuer) {
        URI address = URI.create(
                issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration");
        url(address);
        return new Discovered(issuer, address);
    }

    private static final class Discovered implements JWKSource<SecurityContext> {
        private static final JsonMapper JSON = new JsonMapper();

        private final String issuer;
        private final URI address;
        private final ReentrantLock asking = new ReentrantLock();
        private volatile @Nullable JWKSource<SecurityContext> keys;
        private long lastFailure = System.nanoTime() - MIN_INTERVAL_MILLIS * 1_000_000;

        Discovered(String issuer, URI address) {
            this.issuer = issuer;
            this.address = address;
        }

        @Override
        public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
            JWKSource<SecurityContext> known = keys;
            return (known == null ? discover() : known).get(selector, context);
        }

        private JWKSource<SecurityContext> discover() throws KeySourceException {
            asking.lock();
            try {
                JWKSource<SecurityContext> known = keys;
                if (known != null) {
                    return known;
                }
                if (System.nanoTime() - lastFailure < MIN_INTERVAL_MILLIS * 1_000_000) {
                    throw new RemoteKeySourceException("asked " + address + " in vain a moment ago", null);
                }
                return ask();
            } finally {
                asking.unlock();
            }
        }

        private JWKSource<SecurityContext> ask() throws KeySourceException {
            try {
                JsonNode answer = JSON.readTree(http().retrieveResource(url(address)).getContent());
                if (!issuer.equals(answer.path("issuer").asString(""))) {
                    throw new IllegalArgumentException("it is the configuration of another issuer");
                }
                JWKSource<SecurityContext> found =
                        fetchedFrom(URI.create(answer.path("jwks_uri").asString("")));
                keys = found;
                return found;
            } catch (IOException | JacksonException | IllegalArgumentException e) {
                lastFailure = System.nanoTime();
                throw new RemoteKeySourceException(address + " is of no use: " + e.getMessage(), e);
            }
        }
    }
}
