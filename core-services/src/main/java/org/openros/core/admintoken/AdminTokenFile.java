// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admintoken;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import org.openros.domain.token.AdminRole;
import org.openros.domain.token.AdminToken;
import org.openros.domain.token.TokenIssuer;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Writes an administrator's token to a file, {@code {"ADMIN_TOKEN": "..."}}, at start and long before it expires
 * (admin API, section 4.6). The file can be read by its owner only, and is complete at any time.
 */
final class AdminTokenFile {
    private static final Duration LIFETIME = Duration.ofHours(24);

    private final Path path;
    private final TokenIssuer issuer;
    private final Clock clock;

    AdminTokenFile(Path path, TokenIssuer issuer, Clock clock) {
        this.path = path.toAbsolutePath();
        this.issuer = issuer;
        this.clock = clock;
    }

    /**
     * Writes a new token.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    void write() {
        String token = issuer.issue(new AdminToken("__admin", AdminRole.ADMIN, null, clock.instant().plus(LIFETIME)));
        String content = JsonNodeFactory.instance.objectNode().put("ADMIN_TOKEN", token).toString();
        try {
            Path draft = Files.createTempFile(path.getParent(), "admin", ".tmp", ownerOnly());
            try {
                Files.writeString(draft, content);
                Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("ros.auth.admin-token-file: " + path + " cannot be written", e);
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
