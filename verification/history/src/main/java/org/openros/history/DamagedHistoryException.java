// SPDX-License-Identifier: Apache-2.0
package org.openros.history;

import java.io.IOException;

/** A history has a line that is no entry, and is not just the last one torn. */
public final class DamagedHistoryException extends IOException {
    private static final long serialVersionUID = 1;

    DamagedHistoryException(String message) {
        super(message);
    }

    DamagedHistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
