// SPDX-License-Identifier: Apache-2.0
package org.openros.core.http;

/** Ends a request with an error reply. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ApiError error;

    ApiException(ApiError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    /** Which reply. */
    public ApiError error() {
        return error;
    }
}
