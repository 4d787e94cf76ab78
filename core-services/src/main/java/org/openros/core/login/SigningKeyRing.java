// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.openros.domain.token.SigningKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing keys as they change while the process runs. The key file is read again every few seconds. A new key in
 * front of it is published at once but signs only when it has settled: until then other processes may not know it yet,
 * and would log out a user who comes with a token of it. Thread-safe.
 */
public final class SigningKeyRing {
    /** How long a new key is known before it signs. */
    static final Duration SETTLING = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(SigningKeyRing.class);

    /** A key is dropped after so many rotations: rotate less often than its last token lives. */
    private static final int MAX_KEYS = 10;

    private final SigningKeyFile file;
    private final LongSupplier nanoTime;
    private volatile Shown shown;
    private boolean troubled;

    /** Reads the file, or makes it. */
    SigningKeyRing(SigningKeyFile file, LongSupplier nanoTime) {
        this.file = file;
        this.nanoTime = nanoTime;
        SigningKeys keys = file.loadOrCreate();
        shown = new Shown(keys, keys, nanoTime.getAsLong());
    }

    /** The keys to sign and verify with: the first signs. */
    public SigningKeys keys() {
        return shown.effective();
    }

    /**
     * Puts a new key in front of the file. It signs in this and all other processes that read the same file a minute
     * later, and nobody is logged out.
     *
     * @throws IOException if the file cannot be read or written
     */
    public synchronized void rotate() throws IOException {
        file.replace(file.load().withNewKey(MAX_KEYS));
        refresh();
    }

    /** The ids of the keys of the file, the newest first, as last read. */
    public List<String> stored() {
        return shown.file().keyIds();
    }

    /**
     * Takes a key out of the file: its tokens are good for nothing from now on.
     *
     * @throws IOException if the file cannot be read or written
     */
    public synchronized void retire(String keyId) throws IOException {
        file.replace(file.load().without(keyId));
        refresh();
    }

    /** Reads the file again; a file that makes no sense changes nothing. */
    synchronized void refresh() {
        try {
            show(file.load());
            troubled = false;
        } catch (IOException | RuntimeException e) {
            if (!troubled) {
                LOG.error("the signing keys stay as they are, for their file is of no use: {}", e.getMessage());
            }
            troubled = true;
        }
    }

    private void show(SigningKeys read) {
        long now = nanoTime.getAsLong();
        Shown old = shown;
        if (!read.keyIds().equals(old.file().keyIds())) {
            LOG.info("signing keys: {}", read.keyIds());
            old = new Shown(read, old.effective(), now);
        }
        String signer = old.effective().keyIds().getFirst();
        boolean settled = now - old.since() >= SETTLING.toNanos() || !read.keyIds().contains(signer);
        shown = new Shown(read, settled ? read : read.signingWith(signer), old.since());
    }

    /**
     * What is shown.
     *
     * @param file the keys as they stand in the file
     * @param effective the same, or with the old signing key in front until the new one has settled
     * @param since when the file was found so, in nanoseconds
     */
    private record Shown(SigningKeys file, SigningKeys effective, long since) {}
}
