// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An OpenID provider on this machine: publishes its configuration and keys, and signs whatever it is told. */
@SuppressWarnings("JavaUtilDate")
final class LocalIssuer implements AutoCloseable {
    private final HttpServer http;
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile RSAKey key;
    private volatile boolean away;

    LocalIssuer() throws IOException, JOSEException {
        key = newKey();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/.well-known/openid-configuration", exchange -> answer(
                exchange, "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + url() + "/keys\"}"));
        http.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            answer(exchange, new JWKSet(key).toString(true));
        });
        http.start();
    }

    private static RSAKey newKey() throws JOSEException {
        return new RSAKeyGenerator(2048).keyIDFromThumbprint(true).generate();
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(away ? 503 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    RSAKey key() {
        return key;
    }

    int fetches() {
        return fetches.get();
    }

    void setAway(boolean away) {
        this.away = away;
    }

    void rotate() throws JOSEException {
        key = newKey();
    }

    JWTClaimsSet.Builder claims(String subject, String audience) {
        return new JWTClaimsSet.Builder()
                .issuer(url())
                .subject(subject)
                .audience(audience)
                .expirationTime(Date.from(Instant.now().plusSeconds(600)));
    }

    String sign(JWTClaimsSet claims) throws JOSEException {
        return sign(claims, JWSAlgorithm.RS256, UnaryOperator.identity());
    }

    String sign(JWTClaimsSet claims, JWSAlgorithm algorithm, UnaryOperator<JWSHeader.Builder> header)
            throws JOSEException {
        JWSHeader.Builder builder = new JWSHeader.Builder(algorithm).keyID(key.getKeyID());
        SignedJWT token = new SignedJWT(header.apply(builder).build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
