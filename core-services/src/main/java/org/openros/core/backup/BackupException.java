// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import org.jspecify.annotations.Nullable;

/** The folder of backups cannot be read or written, or what is in it is damaged; the text says what and where. */
public final class BackupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BackupException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
