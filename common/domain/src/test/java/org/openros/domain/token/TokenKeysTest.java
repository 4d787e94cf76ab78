// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.domain.RealmPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TokenKeysTest {
    private final MovableClock clock = new MovableClock();
    private final SigningKeys keys = SigningKeys.generate();
    private final AtomicInteger fetches = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void publish() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/jwks.json", exchange -> {
            fetches.incrementAndGet();
            byte[] body = keys.toPublicJson().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private String token(SigningKeys signer) {
        return new TokenIssuer(signer).issue(new RealmToken("u", new RealmPath("/app/x"), Set.of(AccessRight.READ),
                clock.instant().plusSeconds(60)));
    }

    @Test
    void keysAreFetchedOnceAndOutliveAnOutage() throws Exception {
        RealmTokenVerifier verifier = new RealmTokenVerifier(TokenKeys.published(List.of(address())), clock);
        assertThat(verifier.verify(token(keys)).userId()).isEqualTo("u");
        server.stop(0);
        assertThat(verifier.verify(token(keys)).userId()).isEqualTo("u");
        assertThat(fetches).hasValue(1);
    }

    @Test
    void nextAddressIsAskedWhenTheFirstIsDown() throws Exception {
        URI down = URI.create("http://127.0.0.1:1");
        RealmTokenVerifier verifier = new RealmTokenVerifier(TokenKeys.published(List.of(down, address())), clock);
        assertThat(verifier.verify(token(keys)).userId()).isEqualTo("u");
    }

    @Test
    void tokenIsNotJudgedWhileNoKeyWasEverSeen() {
        server.stop(0);
        RealmTokenVerifier verifier = new RealmTokenVerifier(TokenKeys.published(List.of(address())), clock);
        assertThatExceptionOfType(KeysUnavailableException.class).isThrownBy(() -> verifier.verify(token(keys)));
    }

    @Test
    void madeUpKeyIdsCauseFewFetches() throws Exception {
        RealmTokenVerifier verifier = new RealmTokenVerifier(TokenKeys.published(List.of(address())), clock);
        assertThat(verifier.verify(token(keys)).userId()).isEqualTo("u");
        for (int i = 0; i < 50; i++) {
            String forged = token(SigningKeys.generate());
            assertThatExceptionOfType(Exception.class).isThrownBy(() -> verifier.verify(forged));
        }
        assertThat(fetches.get()).isLessThan(10);
        assertThat(verifier.verify(token(keys)).userId()).isEqualTo("u");
    }

    @Test
    void addressesAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> TokenKeys.published(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> TokenKeys.published(List.of(URI.create("core:1"))));
    }
}
