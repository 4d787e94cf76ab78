// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

/** The load could not be put on the server, or the server broke under it; there are no figures. */
final class LoadFailed extends Exception {
    private static final long serialVersionUID = 1L;

    LoadFailed(String message, Throwable cause) {
        super(message + ": " + reason(cause), cause);
    }

    LoadFailed(String message) {
        super(message);
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
