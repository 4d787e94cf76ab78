// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A gateway that does TLS itself. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @Test
    void httpAndSyncWorkOverTls() throws Exception {
        Path keyStore = makeKeyStore(folder.resolve("keys.p12"));
        Map<String, Object> tls = Map.of(
                "server.ssl.key-store", keyStore.toUri(),
                "server.ssl.key-store-password", PASSWORD,
                "server.ssl.key-store-type", "PKCS12");
        try (Surroundings around = Surroundings.start(tls)) {
            SSLSocketFactory sockets = trusting(keyStore);
            try (RawClient client = new RawClient(sockets.createSocket("127.0.0.1", around.port()))) {
                RawClient.Response response =
                        client.request("GET /api/client/v2.0/app/a/location HTTP/1.1\r\nHost: sync.example\r\n\r\n");
                assertThat(response.header("Strict-Transport-Security")).startsWith("max-age=31536000");
                assertThat(around.core.forwarded.getFirst().headers())
                        .containsEntry("X-Forwarded-Proto", "https")
                        .containsEntry("X-Forwarded-Port", "443");
            }
            try (RawClient client = new RawClient(sockets.createSocket("127.0.0.1", around.port()))) {
                client.open(RawClient.ALL_VERSIONS);
                client.send("bind 1 5 0 1 0\n\"foo\"");
                around.worker.stream(1).send("ident 1 2 77\n");
                assertThat(client.message()).isEqualTo("ident 1 2 77\n");
                client.send("mark 9 1\n");
                assertThat(client.message()).startsWith("json_error 106 ");
                assertThat(client.atEnd()).isTrue();
            }
        }
    }

    private static Map<String, Object> bundle(Path keyStore) {
        return Map.of(
                "server.ssl.bundle", "public",
                "spring.ssl.bundle.jks.public.keystore.location", keyStore.toUri(),
                "spring.ssl.bundle.jks.public.keystore.password", PASSWORD,
                "spring.ssl.bundle.jks.public.keystore.type", "PKCS12",
                "spring.ssl.bundle.jks.public.reload-on-update", true,
                "spring.ssl.bundle.watch.file.quiet-period", "100ms");
    }

    @Test
    void http2IsForHttpAndSyncStaysWithHttp11() throws Exception {
        Path keyStore = makeKeyStore(folder.resolve("keys.p12"));
        try (Surroundings around = Surroundings.start(bundle(keyStore));
                HttpClient browser = HttpClient.newBuilder().sslContext(context(keyStore)).build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://127.0.0.1:" + around.port() + "/api/client/v2.0/auth/session?a=b"))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> response = browser.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(response.statusCode()).isEqualTo(201);
            }
            assertThat(around.core.forwarded).hasSize(3).allMatch(each -> each.body().equals("{}"));
            assertThat(around.core.forwarded.getFirst().headers())
                    .containsEntry("X-Forwarded-Host", "127.0.0.1:" + around.port())
                    .containsEntry("X-Forwarded-For", "127.0.0.1");
            SSLSocket socket = socket(keyStore, around.port());
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2x", "http/1.1"});
            socket.setSSLParameters(parameters);
            try (RawClient client = new RawClient(socket)) {
                client.open(RawClient.ALL_VERSIONS);
                client.send("ping 1 0\n");
                assertThat(client.message()).isEqualTo("pong 1\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void currentVersionsOfTlsAreSpoken(String version) throws Exception {
        Path keyStore = makeKeyStore(folder.resolve("keys.p12"));
        try (Surroundings around = Surroundings.start(bundle(keyStore));
                SSLSocket socket = socket(keyStore, around.port())) {
            socket.setEnabledProtocols(new String[] {version});
            try (RawClient client = new RawClient(socket)) {
                client.open(RawClient.ALL_VERSIONS);
                assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            }
        }
    }

    /** A greeting of TLS 1.1 with one usual cipher suite (RFC 4346, section 7.4.1.2). */
    @Test
    void olderVersionsOfTlsAreRefused() throws Exception {
        Path keyStore = makeKeyStore(folder.resolve("keys.p12"));
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.writeBytes(new byte[] {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2});
        hello.writeBytes(new byte[32]);
        hello.writeBytes(new byte[] {0, 0, 2, (byte) 0xC0, 0x0A, 1, 0});
        try (Surroundings around = Surroundings.start(bundle(keyStore));
                RawClient client = new RawClient(around.port())) {
            client.sendRaw(hello.toByteArray());
            byte[] alert = client.readRaw(7);
            assertThat(alert[0]).as("an alert").isEqualTo((byte) 21);
            assertThat(alert[6]).as("protocol_version").isEqualTo((byte) 70);
        }
    }

    @Test
    void aNewCertificateServesNewConnectionsAndTheOldOnesGoOn() throws Exception {
        Path keyStore = makeKeyStore(folder.resolve("keys.p12"));
        Path renewed = makeKeyStore(folder.resolve("renewed.p12"));
        try (Surroundings around = Surroundings.start(bundle(keyStore));
                RawClient open = new RawClient(socket(keyStore, around.port()))) {
            open.open(RawClient.ALL_VERSIONS);
            SSLContext forRenewed = context(renewed);
            Files.move(renewed, keyStore, StandardCopyOption.REPLACE_EXISTING);
            await().atMost(Duration.ofSeconds(20)).pollInSameThread().ignoreExceptions().untilAsserted(() -> {
                try (RawClient next = new RawClient(
                        forRenewed.getSocketFactory().createSocket("127.0.0.1", around.port()))) {
                    next.open(RawClient.ALL_VERSIONS);
                }
            });
            open.send("ping 1 0\n");
            assertThat(open.message()).isEqualTo("pong 1\n");
        }
    }

    @Test
    void aClientThatDoesNotShakeHandsIsCutOff() throws Exception {
        Map<String, Object> settings = new HashMap<>(bundle(makeKeyStore(folder.resolve("keys.p12"))));
        settings.put("ros.gateway.request-timeout", "500ms");
        try (Surroundings around = Surroundings.start(settings); RawClient mute = new RawClient(around.port())) {
            assertThat(mute.atEnd()).isTrue();
        }
    }

    private static SSLSocket socket(Path keyStore, int port) throws IOException, GeneralSecurityException {
        return (SSLSocket) trusting(keyStore).createSocket("127.0.0.1", port);
    }

    private static Path makeKeyStore(Path file) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "gateway", "-keyalg", "EC", "-dname", "CN=localhost",
                        "-ext", "san=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12",
                        "-storepass", PASSWORD, "-keystore", file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return file;
    }

    private static SSLSocketFactory trusting(Path file) throws IOException, GeneralSecurityException {
        return context(file).getSocketFactory();
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
