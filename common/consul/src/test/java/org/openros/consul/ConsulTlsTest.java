// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.cluster.LockServiceException;
import org.springframework.cloud.consul.ConsulProperties;
import org.springframework.cloud.consul.ConsulProperties.TLSConfig;
import org.springframework.cloud.consul.model.http.KeyStoreInstanceType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An agent that asks for a certificate. */
class ConsulTlsTest {
    private static final String PASSWORD = "of-this-test";

    @TempDir
    Path folder;

    private Path store;
    private HttpsServer agent;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        store = certificate("both.p12");
        SSLContext context = ConsulTls.context(settings(store, store));
        agent = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        agent.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters both = context.getDefaultSSLParameters();
                both.setNeedClientAuth(true);
                parameters.setSSLParameters(both);
            }
        });
        agent.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        agent.start();
    }

    @AfterEach
    void stop() {
        agent.stop(0);
    }

    @Test
    void agentThatAsksForACertificateIsShownOne() throws LockServiceException {
        try (ConsulLockService locks = locks(settings(store, store))) {
            assertThat(locks.get("record")).isNull();
        }
    }

    @Test
    void agentThatIsNotTrustedIsNotAsked() throws IOException, InterruptedException {
        try (ConsulLockService locks = locks(settings(store, certificate("other.p12")))) {
            assertThatThrownBy(() -> locks.get("record"))
                    .isInstanceOfSatisfying(
                            LockServiceException.class, e -> assertThat(e.isOutcomeUnknown()).isFalse())
                    .hasMessageContaining("spring.cloud.consul");
        }
    }

    @Test
    void keyStoreThatCannotBeReadIsExplainedWithoutItsPassword() {
        TLSConfig settings = settings(folder.resolve("none.p12"), store);

        assertThatThrownBy(() -> ConsulTls.context(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("spring.cloud.consul.tls")
                .hasMessageContaining("none.p12")
                .hasMessageNotContaining(PASSWORD);
    }

    private ConsulLockService locks(TLSConfig settings) {
        ConsulProperties consul = new ConsulProperties();
        consul.setHost("127.0.0.1");
        consul.setPort(agent.getAddress().getPort());
        consul.setTls(settings);
        return new ConsulLockService(ConsulLockServiceConfiguration.address(consul, ""), "openros/", List.of());
    }

    private static TLSConfig settings(Path own, Path trusted) {
        return new TLSConfig(KeyStoreInstanceType.PKCS12, trusted.toString(), PASSWORD, own.toString(), PASSWORD);
    }

    private Path certificate(String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair", "-alias", "agent", "-keyalg", "EC", "-dname", "CN=127.0.0.1",
                        "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12", "-storepass", PASSWORD,
                        "-keystore", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
        return file;
    }
}
