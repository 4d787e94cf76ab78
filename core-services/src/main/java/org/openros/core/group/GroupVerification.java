// SPDX-License-Identifier: Apache-2.0
package org.openros.core.group;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openros.core.job.JobFailedException;
import org.openros.core.job.JobProgress;
import org.openros.core.job.JobWork;
import org.openros.domain.GroupId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Compares what all workers of a group hold at one entry of its log. Changes nothing, so it may be begun anew. */
final class GroupVerification implements JobWork {
    /** The name of jobs of this kind. */
    static final String TYPE = "group-verify";

    /** A large state takes its time. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5).plusSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int ATTEMPTS = 6;

    private final WorkerGroups groups;

    GroupVerification(WorkerGroups groups) {
        this.groups = groups;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JsonNode run(String target, JobProgress progress) throws InterruptedException {
        GroupId group = new GroupId(target);
        List<String> names = groups.status(group).nodes().stream()
                .filter(node -> node.committed() != null)
                .map(GroupStatus.Node::node)
                .toList();
        if (names.size() < 2) {
            throw new JobFailedException("there are not two workers to compare: " + names);
        }
        long seq = committed(group);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            progress.report(attempt - 1, ATTEMPTS, "attempts");
            Map<String, @Nullable String> hashes = groups.hashes(group, names, seq, TIMEOUT);
            if (hashes.size() == names.size() && hashes.values().stream().allMatch(Objects::nonNull)) {
                return result(seq, hashes);
            }
            seq = ahead(group, attempt);
        }
        throw new JobFailedException("the workers cannot be compared: try again when there is less to do");
    }

    private long committed(GroupId group) {
        return groups.status(group).nodes().stream()
                .map(GroupStatus.Node::committed)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow(() -> new JobFailedException("no worker tells its position"));
    }

    /** Under load a worker is soon past what was committed a moment ago: asked is an entry that is still to come. */
    private long ahead(GroupId group, int attempt) throws InterruptedException {
        long before = committed(group);
        Thread.sleep(BETWEEN_LOOKS);
        long now = committed(group);
        return now == before ? now : now + (now - before) * attempt * attempt;
    }

    private static JsonNode result(long seq, Map<String, @Nullable String> hashes) {
        Set<@Nullable String> different = hashes.values().stream().collect(Collectors.toSet());
        ObjectNode result = JsonNodeFactory.instance.objectNode().put("equal", different.size() == 1).put("seq", seq);
        ObjectNode nodes = result.putObject("nodes");
        hashes.forEach(nodes::put);
        if (different.size() > 1) {
            throw new JobFailedException("the workers differ: stop the one that is alone with its hash, move its data "
                    + "folder away and start it again; keep the folder for whoever looks for the cause", result);
        }
        return result;
    }
}
