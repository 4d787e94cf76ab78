// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

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
                client.request("GET /api/client/v2.0/app/a/location HTTP/1.1\r\nHost: sync.example\r\n\r\n");
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
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
