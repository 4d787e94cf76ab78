// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.replication.frame.Role;
import org.openros.replication.link.ReplicationTls;

import static org.assertj.core.api.Assertions.assertThat;

/** Nodes that prove to each other who they are. */
final class GroupTlsTest {
    @TempDir
    private Path folder;

    private static X509Bundle authority(String name) throws Exception {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private ReplicationTls files(String name, X509Bundle authority) {
        try {
            X509Bundle node = new CertificateBuilder()
                    .subject("CN=" + name)
                    .addSanIpAddress("127.0.0.1")
                    .buildIssuedBy(authority);
            return new ReplicationTls(
                    Files.writeString(folder.resolve(name + ".crt"), node.getCertificatePathPEM()),
                    Files.writeString(folder.resolve(name + ".key"), node.getPrivateKeyPEM()),
                    Files.writeString(folder.resolve(name + "-ca.crt"), authority.getCertificatePEM()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void groupWorksAndFailsOverOverTls() throws Exception {
        X509Bundle authority = authority("workers");
        try (TestGroup group =
                new TestGroup(folder, "a", "b", "c").withTls(name -> files(name, authority)).startAll()) {
            group.createSchema();
            group.withRole(Role.BACKUP);
            group.withRole(Role.SPARE);
            group.write(1);
            group.kill(group.awaitMaster());
            group.write(2);
            assertThat(group.has(1)).isTrue();
            assertThat(group.has(2)).isTrue();
        }
    }

    @Test
    void nodeOfAnotherAuthorityGetsNoEntries() throws Exception {
        X509Bundle authority = authority("workers");
        X509Bundle other = authority("others");
        try (TestGroup group = new TestGroup(folder, "a", "b", "c")
                .withTls(name -> files(name, name.equals("c") ? other : authority))
                .startAll()) {
            group.createSchema();
            group.withRole(Role.BACKUP);
            group.write(1);
            Awaitility.await()
                    .during(Duration.ofMillis(500))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !group.running("c").node().status().inStep()
                            && group.running("c").store().last().seq() == 0);
        }
    }
}
