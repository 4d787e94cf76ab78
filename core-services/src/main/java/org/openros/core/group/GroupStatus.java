// SPDX-License-Identifier: Apache-2.0
package org.openros.core.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group as its workers see it.
 *
 * @param label its name
 * @param state {@code serving}, {@code paused} (serves, but nobody takes over), or {@code down} (no master answers)
 * @param master missing if none answers
 * @param epoch of the master
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupStatus(
        String label,
        String state,
        @Nullable String master,
        @Nullable Long epoch,
        List<Node> nodes,
        List<Alarm> alarms) {
    /**
     * A worker.
     *
     * @param role {@code unreachable} if it does not answer
     * @param inStep whether it can be counted on
     * @param committed number of the newest entry that it knows to be committed
     * @param lag how many entries it is behind
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Node(
            String node,
            String role,
            boolean inStep,
            @Nullable Long epoch,
            @Nullable Long committed,
            @Nullable Long lag,
            @Nullable String version) {}

    /** Something to worry about, as one of the workers tells it. */
    public record Alarm(String node, String kind, String message) {}
}
