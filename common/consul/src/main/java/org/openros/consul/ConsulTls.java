// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.consul.ConsulProperties.TLSConfig;

/** Reads the key stores that Spring Cloud's settings name: whom to trust, and the own certificate. */
final class ConsulTls {
    private ConsulTls() {}

    /**
     * The context.
     *
     * @throws IllegalArgumentException if a key store cannot be read
     */
    static SSLContext context(TLSConfig settings) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManagerFactory keys = keys(settings);
            TrustManagerFactory trust = trust(settings);
            context.init(
                    keys == null ? null : keys.getKeyManagers(), trust == null ? null : trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the key stores of spring.cloud.consul.tls cannot be used (" + e + "); check paths, passwords and"
                            + " key-store-instance-type",
                    e);
        }
    }

    private static @Nullable KeyManagerFactory keys(TLSConfig settings) throws GeneralSecurityException, IOException {
        String path = settings.getCertificatePath();
        if (path == null) {
            return null;
        }
        char[] password = password(settings.getCertificatePassword());
        KeyStore store = KeyStore.getInstance(
                settings.getKeyStoreInstanceType() == null
                        ? KeyStore.getDefaultType()
                        : settings.getKeyStoreInstanceType().name());
        try (InputStream file = new FileInputStream(path)) {
            store.load(file, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        return keys;
    }

    private static @Nullable TrustManagerFactory trust(TLSConfig settings)
            throws GeneralSecurityException, IOException {
        String path = settings.getKeyStorePath();
        if (path == null) {
            return null;
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(new File(path), password(settings.getKeyStorePassword())));
        return trust;
    }

    private static char[] password(@Nullable String text) {
        return text == null ? new char[0] : text.toCharArray();
    }
}
