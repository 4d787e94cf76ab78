// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.openros.domain.token.SigningKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file with the signing keys. Whoever reads it can be any user, whoever loses it logs all users out: it is made
 * once, readable by its owner only, complete or not at all.
 */
final class SigningKeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(SigningKeyFile.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final Path path;

    SigningKeyFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /** The keys of the file, which is made if it is missing. */
    SigningKeys loadOrCreate() {
        try {
            if (!Files.exists(path)) {
                create();
            }
            warnOfReaders();
            return load();
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("ros.auth.signing-keys: " + path + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "ros.auth.signing-keys: " + path + " cannot be read or made; its folder must exist", e);
        }
    }

    /**
     * The keys of the file as it is now.
     *
     * @throws IllegalArgumentException if it is no set of signing keys
     */
    SigningKeys load() throws IOException {
        return SigningKeys.parse(Files.readString(path));
    }

    /** Puts other keys in place of those of the file, at once or not at all. */
    void replace(SigningKeys keys) throws IOException {
        Path draft = draft();
        try {
            write(draft, keys);
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private Path draft() throws IOException {
        Path parent = path.getParent();
        return Files.createTempFile(parent == null ? path : parent, "signing-keys", ".tmp", ownerOnly());
    }

    private void create() throws IOException {
        Path draft = draft();
        try {
            write(draft, SigningKeys.generate());
            moveUnlessThere(draft);
            LOG.info("made a new signing key in {}", path);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void write(Path draft, SigningKeys keys) throws IOException {
        byte[] json = keys.toPrivateJson().getBytes(StandardCharsets.UTF_8);
        try (FileChannel file = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(json);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
            file.force(true);
        }
    }

    /** Two processes may start at once: the first one's keys stay. */
    private void moveUnlessThere(Path draft) throws IOException {
        try {
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException e) {
            LOG.info("another process made {} first", path);
        } catch (UnsupportedOperationException e) {
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private void warnOfReaders() throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")
                && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
            LOG.warn("{} can be read by others: run chmod 600 on it", path);
        }
    }
}
