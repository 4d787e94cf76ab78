// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.launcher.operator.HttpEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConfigFolderTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void folderWithoutSettingsIsAMistake() throws IOException {
        for (Path wrong : List.of(folder, folder.resolve("none"), Files.createFile(folder.resolve("gateway.txt")))) {
            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> ConfigFolder.of(wrong))
                    .withMessageContainingAll("--config", "gateway.yaml", wrong.toString())
                    .satisfies(failure -> assertThat(failure.status()).isEqualTo(ExitStatus.USAGE));
        }
    }

    @Test
    void serverReadsTheSettingsAndKeepsThePortOfTheCommandLine() throws Exception {
        Path config = Files.createDirectories(folder.resolve("with a space"));
        Files.writeString(config.resolve("gateway.yaml"),
                """
                server:
                  port: 1
                  ssl:
                    certificate: file:%1$s/tls.crt
                    certificate-private-key: file:%1$s/tls.key
                """
                        .formatted(folder));
        Files.writeString(config.resolve("core-services.yaml"), "ros.apps: shop");
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=sync.example")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(folder.resolve("tls.crt"), certificate.getCertificatePathPEM());
        Files.writeString(folder.resolve("tls.key"), certificate.getPrivateKeyPEM());
        Server server = new Server(new ServerSettings(
                "127.0.0.1", 0, folder.resolve("data"), List.of(), ConfigFolder.of(config)));
        try {
            server.start();

            URI url = URI.create(server.url());
            assertThat(url.getScheme()).isEqualTo("https");
            assertThat(HttpEndpoint.withAnyCertificate(url).get("/livez", TIMEOUT).ok()).isTrue();
            for (String app : List.of("shop", "other")) {
                assertThat(HttpEndpoint.withAnyCertificate(url)
                                .get("/api/client/v2.0/app/" + app + "/location", TIMEOUT)
                                .ok())
                        .isEqualTo(app.equals("shop"));
            }
            assertThatExceptionOfType(SSLException.class)
                    .as("a stranger's certificate is believed for questions about health only")
                    .isThrownBy(() -> new HttpEndpoint(url).get("/livez", TIMEOUT));
        } finally {
            server.stop();
        }
    }
}
