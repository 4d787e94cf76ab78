// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openros.cluster.EmbeddedLockService;
import org.openros.cluster.LockServiceException;
import org.openros.cluster.MonotonicClock;

/**
 * The folder that holds everything a server has to keep: {@code worker/} the realms, {@code lock-service.json} who may
 * serve them, {@code keys/} the signing keys and the secret the applications share, {@code backups/} backups unless
 * they go elsewhere.
 */
final class DataFolder {
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
            Files.createDirectories(root.resolve("worker"));
            Files.delete(Files.createTempFile(root, ".probe", ""));
        } catch (FileAlreadyExistsException e) {
            throw new StartFailure(ExitStatus.DATA,
                    e.getFile() + " is a file, but has to be a folder: give another --data", e);
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.DATA, "cannot write to " + root + " (" + reason(e)
                    + "): give the folder to this user, or give another --data", e);
        }
        DataFolder data = new DataFolder(root);
        data.keys().create();
        return data;
    }

    Path root() {
        return root;
    }

    Path worker() {
        return root.resolve("worker");
    }

    /** Made when the first backup is. */
    Path backups() {
        return root.resolve("backups");
    }

    /**
     * The lock service of this server, which outlives the process.
     *
     * @throws StartFailure if its file cannot be read
     */
    EmbeddedLockService openLocks() {
        try {
            return EmbeddedLockService.keptIn(root.resolve("lock-service.json"), MonotonicClock.system());
        } catch (LockServiceException e) {
            throw new StartFailure(ExitStatus.DATA, String.valueOf(e.getMessage()), e);
        }
    }

    /** What the server keeps secret. */
    KeyFolder keys() {
        return new KeyFolder(root.resolve("keys"));
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
