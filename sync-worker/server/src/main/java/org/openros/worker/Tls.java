// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;
import org.openros.replication.link.ReplicationTls;

/**
 * Settings under {@code ros.worker.replication.tls}. Both sides of a connection show a certificate.
 *
 * @param certificate file with this node's certificate and those between it and the authority, PEM; names the address
 *     in {@code ros.worker.replication.advertise}
 * @param privateKey file with the key of the certificate, PEM, PKCS #8, without a password
 * @param ca file with the certificates of whoever signs certificates of nodes, PEM
 */
record Tls(@Nullable Path certificate, @Nullable Path privateKey, @Nullable Path ca) {
    private static final String PREFIX = "ros.worker.replication.tls.";
    private static final String KEY_HEAD = "-----BEGIN PRIVATE KEY-----";

    /**
     * The files, looked at.
     *
     * @throws IllegalArgumentException that names the setting, if one is missing or is not what it should be
     */
    ReplicationTls checked() {
        return new ReplicationTls(
                certificates("certificate", certificate), key("private-key", privateKey), certificates("ca", ca));
    }

    private static Path certificates(String setting, @Nullable Path file) {
        Path present = present(setting, file);
        try (InputStream content = Files.newInputStream(present)) {
            if (CertificateFactory.getInstance("X.509").generateCertificates(content).isEmpty()) {
                throw new IllegalArgumentException(PREFIX + setting + ": " + present + " has no certificate");
            }
        } catch (IOException e) {
            throw unreadable(setting, e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    PREFIX + setting + ": " + present + " is not a file of PEM certificates: " + e.getMessage(), e);
        }
        return present;
    }

    private static Path key(String setting, @Nullable Path file) {
        Path present = present(setting, file);
        try {
            if (!Files.readString(present).contains(KEY_HEAD)) {
                throw new IllegalArgumentException(PREFIX + setting + ": " + present + " has no line " + KEY_HEAD
                        + "; turn the key into this form with: openssl pkcs8 -topk8 -nocrypt");
            }
        } catch (IOException e) {
            throw unreadable(setting, e);
        }
        return present;
    }

    private static Path present(String setting, @Nullable Path file) {
        if (file == null) {
            throw new IllegalArgumentException(PREFIX + setting + " is missing: TLS between the nodes takes "
                    + PREFIX + "certificate, .private-key and .ca");
        }
        return file;
    }

    private static IllegalArgumentException unreadable(String setting, IOException cause) {
        return new IllegalArgumentException(PREFIX + setting + " cannot be read: " + cause, cause);
    }
}
