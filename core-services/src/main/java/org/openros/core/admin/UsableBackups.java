// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.util.function.Supplier;
import org.openros.core.backup.BackupException;
import org.openros.core.backup.BackupFolder;
import org.openros.core.backup.BackupId;
import org.openros.core.backup.Manifest;
import org.openros.core.problem.Problem;
import org.springframework.beans.factory.ObjectProvider;

/** The backups that requests name. What is not there, or not usable, is told as a problem. */
record UsableBackups(ObjectProvider<BackupFolder> folders) {
    /** The folder of backups, which has to be there. */
    BackupFolder folder() {
        BackupFolder folder = folders.getIfAvailable();
        if (folder == null) {
            throw Problem.NOT_ENABLED.exception("there is no folder for backups: set ros.backup.folder");
        }
        return folder;
    }

    /** A complete backup. */
    Manifest find(String id) {
        BackupFolder folder = folder();
        BackupId named = BackupId.named(id);
        Manifest manifest = named == null ? null : usable(() -> folder.find(named));
        if (manifest == null) {
            throw missing();
        }
        return manifest;
    }

    static RuntimeException missing() {
        return Problem.NO_RESOURCE.exception("there is no such backup");
    }

    /** A backup that is damaged, or a disk that refuses, is no fault of the request and none of this process. */
    static <T> T usable(Supplier<T> work) {
        try {
            return work.get();
        } catch (BackupException e) {
            throw Problem.CONFLICT.exception(String.valueOf(e.getMessage()));
        }
    }
}
