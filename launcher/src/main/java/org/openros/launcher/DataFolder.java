// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The folder that holds everything a server has to keep: {@code worker/} the realms, {@code keys/} the signing keys and
 * the secret the applications share. The keys can be read by the owner only.
 */
final class DataFolder {
    private static final int SECRET_BYTES = 48;

    private final Path root;

    private DataFolder(Path root) {
        this.root = root;
    }

    /**
     * Creates what is missing.
     *
     * @throws StartFailure if the folder cannot be created or written
     */
    static DataFolder open(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            createPrivate(root.resolve("keys"));
            Files.createDirectories(root.resolve("worker"));
            Files.delete(Files.createTempFile(root, ".probe", ""));
        } catch (FileAlreadyExistsException e) {
            throw new StartFailure(ExitStatus.DATA, e.getFile() + " is a file, but has to be a folder: give another --data", e);
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.DATA, "cannot write to " + root + " (" + reason(e)
                    + "): give the folder to this user, or give another --data", e);
        }
        return new DataFolder(root);
    }

    Path root() {
        return root;
    }

    Path worker() {
        return root.resolve("worker");
    }

    Path signingKeys() {
        return root.resolve("keys").resolve("signing-keys.json");
    }

    /** The secret with which the applications recognise each other, made on the first call. */
    String internalSecret() {
        Path file = root.resolve("keys").resolve("internal-secret");
        try {
            if (!Files.exists(file)) {
                writeSecret(file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.DATA, "cannot read or write " + file + " (" + reason(e)
                    + "): it has to belong to the user that runs the server", e);
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

    private static void createPrivate(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder, ownerOnly(folder, "rwx------"));
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
