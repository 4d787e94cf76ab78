// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Core services that ask a gateway with TLS, which they know by its address. */
class GatewayTlsTest {
    private static final String PASSWORD = "of-this-test";
    private static final String BUNDLE = "--spring.ssl.bundle.jks.gateways.truststore.";

    @TempDir
    Path folder;

    private Path store;
    private HttpsServer gateway;

    @BeforeEach
    void start() throws IOException, InterruptedException, GeneralSecurityException {
        store = folder.resolve("gateway.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "gateway", "-keyalg", "EC", "-dname", "CN=gateway",
                        "-ext", "san=dns:sync.example.com", "-storetype", "PKCS12", "-storepass", PASSWORD,
                        "-keystore", store.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        gateway = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
        gateway.setHttpsConfigurator(new HttpsConfigurator(context()));
        gateway.createContext("/internal/v1/sessions", exchange -> {
            byte[] body = "{\"sessions\":[{\"number\":1,\"path\":\"/shop/a\",\"userId\":\"u1\",\"since\":1}]}"
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private URI url() {
        return URI.create("https://127.0.0.1:" + gateway.getAddress().getPort());
    }

    /** The sessions that core services with these settings find. */
    private JsonNode sessions(String... settings) {
        String[] all = Stream.concat(
                        Stream.of(
                                "--ros.apps=shop",
                                "--ros.gateways.urls=" + url(),
                                "--ros.auth.admin-token-file=" + folder.resolve("admin.json")),
                        Stream.of(settings))
                .toArray(String[]::new);
        try (CoreServicesRunner core = CoreServicesRunner.start(folder.resolve("keys.json"), all);
                ApiClient client = new ApiClient(core.url())) {
            return client.get("/admin/v1/sessions", CoreServicesRunner.adminToken(folder.resolve("admin.json"))).json();
        }
    }

    private List<String> trusting() {
        return List.of("--ros.gateways.ssl-bundle=gateways", BUNDLE + "location=file:" + store,
                BUNDLE + "password=" + PASSWORD, BUNDLE + "type=PKCS12");
    }

    private String[] trustingAnd(String setting) {
        return Stream.concat(trusting().stream(), Stream.of(setting))
                .toArray(String[]::new);
    }

    @Test
    void theCertificateHasToBeForTheNameThatIsSet() {
        JsonNode right = sessions(trustingAnd("--ros.gateways.tls-name=sync.example.com"));
        assertThat(right.path("items").path(0).path("path").asString()).as(right.toString()).isEqualTo("a");
        JsonNode wrong = sessions(trustingAnd("--ros.gateways.tls-name=other.example.com"));
        assertThat(wrong.path("unreachable").path(0).asString()).as(wrong.toString()).isEqualTo(url().toString());
        assertThat(sessions(trusting().toArray(String[]::new)).path("unreachable").size()).isEqualTo(1);
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNotTrusted() {
        assertThat(sessions("--ros.gateways.tls-name=sync.example.com").path("unreachable").size()).isEqualTo(1);
    }

    @Test
    void aNameOrABundleThatIsNoneIsRefusedAtTheStart() {
        assertThatThrownBy(() -> sessions("--ros.gateways.tls-name=not a name"))
                .hasStackTraceContaining("ros.gateways.tls-name");
        assertThatThrownBy(() -> sessions("--ros.gateways.ssl-bundle=none"))
                .hasStackTraceContaining("ros.gateways.ssl-bundle");
    }
}
