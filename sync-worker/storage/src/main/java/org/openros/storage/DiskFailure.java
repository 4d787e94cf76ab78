// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Objects;
import org.openros.storage.StorageException.Reason;

/** Tells from an exception of the file system what the operator has to do. */
public final class DiskFailure {
    private DiskFailure() {}

    /** The failure that an exception stands for. */
    public static StorageException of(String what, IOException cause) {
        return of(reason(cause), what, cause);
    }

    /** The failure that an exception stands for if a folder has never worked: no access, unless the disk is full. */
    public static StorageException ofNewFolder(String what, IOException cause) {
        return of(isDiskFull(cause) ? Reason.DISK_FULL : Reason.NOT_ACCESSIBLE, what, cause);
    }

    private static StorageException of(Reason reason, String what, IOException cause) {
        String advice = switch (reason) {
            case DISK_FULL -> "the disk is full, free some space";
            case NOT_ACCESSIBLE -> "check owner and permissions";
            case IN_USE, CORRUPT, FOREIGN, UNKNOWN_FORMAT, IO, REJECTED, CLOSED, NOT_MASTER -> "check the disk";
        };
        return new StorageException(reason, what + ": " + advice + " (" + cause + ")", cause);
    }

    private static Reason reason(IOException cause) {
        if (isDiskFull(cause)) {
            return Reason.DISK_FULL;
        }
        boolean denied = cause instanceof AccessDeniedException || text(cause).contains("read-only file system");
        return denied || cause.getCause() instanceof ReadOnlyFileSystemException ? Reason.NOT_ACCESSIBLE : Reason.IO;
    }

    /** The platform tells it only in words. */
    private static boolean isDiskFull(IOException cause) {
        String text = text(cause);
        return text.contains("no space left") || text.contains("quota exceeded") || text.contains("not enough space");
    }

    private static String text(IOException cause) {
        String text = cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
        return Objects.requireNonNullElse(text, "").toLowerCase(Locale.ROOT);
    }
}
