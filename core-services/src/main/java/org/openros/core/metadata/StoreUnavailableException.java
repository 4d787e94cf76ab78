// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

/** The system realm cannot be read or written now. Nothing follows from this about users: never answer 401. */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public StoreUnavailableException(String message) {
        super(message);
    }

    /** Creates the exception. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
