// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The folder of what an installation keeps secret. It and its files can be read by the owner only. */
public final class KeyFolder {
    private static final int SECRET_BYTES = 48;

    private final Path folder;

    /** Touches nothing. */
    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder if it is missing; the one above has to exist.
     *
     * @throws StartFailure if it cannot be made
     */
    public void create() {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(folder, ownerOnly(folder, "rwx------"));
            }
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** The keys that sign access tokens; core services make the file. */
    public Path signingKeys() {
        return folder.resolve("signing-keys.json");
    }

    /** An administrator's token; core services write the file at each start. */
    public Path adminToken() {
        return folder.resolve("admin.json");
    }

    /** The file of {@link #internalSecret()}. */
    public Path internalSecretFile() {
        return folder.resolve("internal-secret");
    }

    /** The secret with which the applications recognise each other, made on the first call. */
    public String internalSecret() {
        Path file = internalSecretFile();
        try {
            if (!Files.exists(file)) {
                writeSecret(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw unusable(file, e);
        }
    }

    /** In two steps, so that a crash leaves no half of a secret behind. */
    private static void writeSecret(Path file) throws IOException {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, ownerOnly(fresh, "rw-------"));
        Files.write(fresh, Base64.getUrlEncoder().encode(secret), StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private static StartFailure unusable(Path path, IOException e) {
        return new StartFailure(ExitStatus.DATA, "cannot read or write " + path + " (" + e.getClass().getSimpleName()
                + ": "
                + e.getMessage() + "): it has to belong to the user that runs the server", e);
    }
}
