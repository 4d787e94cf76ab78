// SPDX-License-Identifier: Apache-2.0
package org.openros.core.job;

import tools.jackson.databind.JsonNode;

/**
 * Work of one kind. When the process that does it dies another one begins it anew with the same target, so what was
 * done before must do no harm, and is best found done.
 */
public interface JobWork {
    /** The name of its kind. */
    String type();

    /**
     * Does it, on a thread of its own that may block.
     *
     * @param target what it is done to
     * @return a JSON object for those who asked for it
     * @throws JobFailedException if it cannot be done
     * @throws InterruptedException if it was told to stop, and has
     */
    JsonNode run(String target, JobProgress progress) throws InterruptedException;
}
