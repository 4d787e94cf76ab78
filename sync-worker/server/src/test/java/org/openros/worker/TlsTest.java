// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.replication.link.ReplicationTls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

final class TlsTest {
    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void makeFiles() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=w")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        certificate = Files.writeString(folder.resolve("w.crt"), bundle.getCertificatePEM());
        key = Files.writeString(folder.resolve("w.key"), bundle.getPrivateKeyPEM());
    }

    @Test
    void goodFilesAreTaken() {
        assertThat(new Tls(certificate, key, certificate).checked())
                .isEqualTo(new ReplicationTls(certificate, key, certificate));
    }

    @Test
    void settingsThatAreMissingAreNamed() {
        assertRefused(new Tls(null, key, certificate), "ros.worker.replication.tls.certificate is missing");
        assertRefused(new Tls(certificate, null, certificate), "ros.worker.replication.tls.private-key is missing");
        assertRefused(new Tls(certificate, key, null), "ros.worker.replication.tls.ca is missing");
    }

    @Test
    void filesThatAreMissingAreNamedWithTheirSetting() {
        Path nowhere = folder.resolve("nowhere");
        assertRefused(new Tls(nowhere, key, certificate), "tls.certificate cannot be read", nowhere.toString());
        assertRefused(new Tls(certificate, nowhere, certificate), "tls.private-key cannot be read", nowhere.toString());
        assertRefused(new Tls(certificate, key, nowhere), "tls.ca cannot be read", nowhere.toString());
    }

    @Test
    void filesOfAnotherKindAreTold() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty"), "");
        Path pkcs1 = Files.writeString(folder.resolve("pkcs1"), "-----BEGIN RSA PRIVATE KEY-----\n");
        assertRefused(new Tls(key, key, certificate), "tls.certificate", key.toString());
        assertRefused(new Tls(certificate, key, empty), "tls.ca", "has no certificate");
        assertRefused(new Tls(certificate, pkcs1, certificate), "tls.private-key", "openssl pkcs8");
    }

    private static void assertRefused(Tls tls, String... parts) {
        assertThatIllegalArgumentException().isThrownBy(tls::checked).withMessageContainingAll(parts);
    }
}
