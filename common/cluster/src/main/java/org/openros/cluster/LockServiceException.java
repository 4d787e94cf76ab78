// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import org.jspecify.annotations.Nullable;

/** The lock service did not do what it was asked for. */
public final class LockServiceException extends Exception {
    private final boolean outcomeUnknown;

    /**
     * An exception.
     *
     * @param message names the service's address, what was asked, and what to do
     * @param outcomeUnknown whether the request may have been carried out
     */
    public LockServiceException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /** Whether the request may have been carried out: it was sent, and no answer came. */
    public boolean isOutcomeUnknown() {
        return outcomeUnknown;
    }
}
