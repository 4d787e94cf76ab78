// SPDX-License-Identifier: Apache-2.0
package org.openros.core.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends a request with an error reply. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ApiError error;

    private final @Nullable Duration wait;

    ApiException(ApiError error, String message) {
        this(error, message, null);
    }

    ApiException(ApiError error, String message, @Nullable Duration wait) {
        super(message, null, false, false);
        this.error = error;
        this.wait = wait;
    }

    /** When to come again in seconds, 1 or more; 0 if the reply does not say. */
    public long retryAfter() {
        return wait == null ? 0 : Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    /** Which reply. */
    public ApiError error() {
        return error;
    }
}
