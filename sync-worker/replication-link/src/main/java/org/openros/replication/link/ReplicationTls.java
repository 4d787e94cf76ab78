// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Mutual TLS between the nodes of a group. Each node shows its certificate, whether it dials or is dialled, and accepts
 * peers whose certificate the authority has signed. The dialled name has to stand in the certificate of the dialled
 * node.
 *
 * @param certificate chain of this node, PEM
 * @param privateKey of the certificate, PEM, PKCS #8, without a password
 * @param authority certificates of whoever signs certificates of nodes, PEM
 */
public record ReplicationTls(Path certificate, Path privateKey, Path authority) {
    static ServerCredentials server(@Nullable ReplicationTls tls) throws IOException {
        return tls == null ? InsecureServerCredentials.create() : tls.server();
    }

    static ChannelCredentials client(@Nullable ReplicationTls tls) throws IOException {
        return tls == null ? InsecureChannelCredentials.create() : tls.client();
    }

    private ServerCredentials server() throws IOException {
        return TlsServerCredentials.newBuilder()
                .keyManager(certificate.toFile(), privateKey.toFile())
                .trustManager(authority.toFile())
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
    }

    private ChannelCredentials client() throws IOException {
        return TlsChannelCredentials.newBuilder()
                .keyManager(certificate.toFile(), privateKey.toFile())
                .trustManager(authority.toFile())
                .build();
    }
}
