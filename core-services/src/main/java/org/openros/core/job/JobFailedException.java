// SPDX-License-Identifier: Apache-2.0
package org.openros.core.job;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Work could not be done; the text says why, and what to do. */
public final class JobFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable JsonNode result;

    /** A failure. */
    public JobFailedException(String message) {
        super(message);
        result = null;
    }

    /** A failure with what was found out. */
    public JobFailedException(String message, JsonNode result) {
        super(message);
        this.result = result;
    }

    /** What was found out; null if nothing was. */
    @Nullable JsonNode result() {
        return result;
    }
}
