// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

/** An authority that signs certificates of nodes. */
record Certificates(Path folder, X509Bundle authority) {
    static Certificates in(Path folder) throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .subject("CN=authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        return new Certificates(Files.createDirectories(folder), authority);
    }

    /** A certificate for a node that is reached under an address. */
    ReplicationTls node(String name, String address) throws Exception {
        X509Bundle node = new CertificateBuilder()
                .subject("CN=" + name)
                .addSanIpAddress(address)
                .buildIssuedBy(authority);
        return new ReplicationTls(
                Files.writeString(folder.resolve(name + ".crt"), node.getCertificatePathPEM()),
                Files.writeString(folder.resolve(name + ".key"), node.getPrivateKeyPEM()),
                Files.writeString(folder.resolve(name + "-ca.crt"), authority.getCertificatePEM()));
    }
}
