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
 * @param record what the lock service holds of the group, as its workers last read it; missing if none tells
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GroupStatus(
        String label,
        String state,
        @Nullable String master,
        @Nullable Long epoch,
        List<Node> nodes,
        List<Alarm> alarms,
        @Nullable GroupRecord record) {
    /**
     * A worker.
     *
     * @param role {@code unreachable} if it does not answer
     * @param inStep whether it can be counted on
     * @param committed number of the newest entry that it knows to be committed
     * @param last number of the newest entry on its disk
     * @param lag how many entries it is behind, as its master sees it if there is one
     * @param whyNotServing what it waits for, or what is wrong
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Node(
            String node,
            String role,
            boolean inStep,
            @Nullable Long epoch,
            @Nullable Long committed,
            @Nullable Long last,
            @Nullable Long lag,
            @Nullable String version,
            @Nullable String whyNotServing) {}

    /** Something to worry about, as one of the workers tells it. */
    public record Alarm(String node, String kind, String message) {}

    /**
     * The group's record in the lock service.
     *
     * @param epoch of the last promotion
     * @param master who was promoted
     * @param members who may become master
     * @param reason of the last promotion
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record GroupRecord(
            @Nullable Long epoch, @Nullable String master, List<String> members, @Nullable String reason) {}
}
