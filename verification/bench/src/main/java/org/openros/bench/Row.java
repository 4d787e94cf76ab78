// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.List;

/** A work of a series, and what its figures should be. */
record Row(Work work, List<Goal> goals) {
    /**
     * What a figure is compared with.
     *
     * @param figure its name
     * @param reference what another server reached; in words
     * @param target what this server should reach; in words
     */
    record Goal(String figure, String reference, String target) {}

    static Row of(Work work, Goal... goals) {
        return new Row(work, List.of(goals));
    }
}
