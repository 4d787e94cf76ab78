// SPDX-License-Identifier: Apache-2.0
package org.openros.core.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openros.core.group.WorkerCalls.Reply;
import org.openros.core.group.WorkerGroups.Outcome;
import org.openros.core.group.WorkerGroups.Receiver;
import org.openros.domain.GroupId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What the workers of a group said of themselves when all were asked at the same time.
 *
 * @param replies by name; null for one that does not answer
 */
record GroupAnswers(Map<String, @Nullable Reply> replies) {
    private static final String MASTER = "master";
    private static final String EPOCH = "epoch";
    private static final String MESSAGE = "message";

    /** Who gets an order. */
    sealed interface Choice {
        /** That worker. */
        record Worker(String name) implements Choice {}

        /** Nobody. */
        record Nobody(Outcome why) implements Choice {}
    }

    /** What a worker said; missing if it said nothing of use. */
    static JsonNode body(@Nullable Reply reply) {
        return reply == null || !reply.ok() ? JsonNodeFactory.instance.missingNode() : reply.body();
    }

    GroupStatus status(GroupId group) {
        List<GroupStatus.Node> seen = new ArrayList<>();
        List<GroupStatus.Alarm> alarms = new ArrayList<>();
        replies.forEach((name, reply) -> {
            seen.add(node(name, body(reply)));
            body(reply).path("alarms").forEach(alarm -> alarms.add(new GroupStatus.Alarm(
                    name, alarm.path("kind").asString(""), alarm.path(MESSAGE).asString(""))));
        });
        String master = master();
        boolean paused = replies.values().stream().anyMatch(reply -> body(reply).path("paused").asBoolean(false));
        return new GroupStatus(
                group.value(),
                master == null ? "down" : paused ? "paused" : "serving",
                master,
                master == null ? null : number(body(replies.get(master)).path(EPOCH)),
                seen,
                alarms,
                record());
    }

    private GroupStatus.Node node(String name, JsonNode body) {
        return new GroupStatus.Node(
                name,
                body.path("role").asString("unreachable"),
                body.path("inStep").asBoolean(false),
                number(body.path(EPOCH)),
                number(body.path("committed")),
                number(body.path("last").path("seq")),
                lag(name, body),
                text(body.path("version")),
                text(body.path("whyNotServing")));
    }

    /** A worker may not know itself how much there is. */
    private @Nullable Long lag(String name, JsonNode body) {
        String master = master();
        return master == null || body.isMissingNode()
                ? number(body.path("lag"))
                : body(replies.get(master)).path("followers").valueStream()
                        .filter(follower -> follower.path("node").asString("").equals(name))
                        .map(follower -> number(follower.path("lag")))
                        .findFirst()
                        .orElseGet(() -> number(body.path("lag")));
    }

    private static @Nullable Long number(JsonNode value) {
        return value.isIntegralNumber() ? value.longValue() : null;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isString() ? value.stringValue() : null;
    }

    /** As the master tells it, else any. */
    private GroupStatus.@Nullable GroupRecord record() {
        String master = master();
        JsonNode record = master == null
                ? replies.values().stream()
                        .map(reply -> body(reply).path("record"))
                        .filter(JsonNode::isObject)
                        .findFirst()
                        .orElse(JsonNodeFactory.instance.missingNode())
                : body(replies.get(master)).path("record");
        return !record.isObject()
                ? null
                : new GroupStatus.GroupRecord(
                        number(record.path(EPOCH)),
                        text(record.path(MASTER)),
                        record.path("members").valueStream()
                                .map(member -> member.path("node").asString(""))
                                .sorted()
                                .toList(),
                        text(record.path("reason")));
    }

    /** The one with the newest epoch among those that say that they are. */
    private @Nullable String master() {
        String found = null;
        long newest = -1;
        for (Map.Entry<String, @Nullable Reply> reply : replies.entrySet()) {
            JsonNode body = body(reply.getValue());
            if (MASTER.equals(body.path("role").asString("")) && body.path(EPOCH).asLong(0) > newest) {
                found = reply.getKey();
                newest = body.path(EPOCH).asLong(0);
            }
        }
        return found;
    }

    private List<String> answering() {
        return replies.entrySet().stream()
                .filter(reply -> !body(reply.getValue()).isMissingNode())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Who gets an order.
     *
     * @param node who was named; null for nobody
     */
    Choice receiver(Receiver meant, @Nullable String node) {
        String master = master();
        if (meant == Receiver.ONLY_ONE && master != null) {
            return refused(master + " is master: there is nothing to force; to move the role use step-down");
        }
        if (node != null) {
            return named(node);
        }
        if (meant == Receiver.ONLY_ONE && answering().size() > 1) {
            return refused("several workers answer (" + positions()
                    + "): name in node the one that is promoted; the one that has most loses least");
        }
        if (master != null) {
            return new Choice.Worker(master);
        }
        if (meant == Receiver.MASTER) {
            return unknown("the group has no master now: try again in a moment");
        }
        return answering().isEmpty()
                ? unknown("no worker of the group answers")
                : new Choice.Worker(answering().getFirst());
    }

    private Choice named(String node) {
        if (!replies.containsKey(node)) {
            return refused("there is no worker " + node + " now, but " + String.join(", ", replies.keySet()));
        }
        return answering().contains(node) ? new Choice.Worker(node) : unknown(node + " does not answer");
    }

    private static Choice refused(String why) {
        return new Choice.Nobody(new Outcome.Refused(why));
    }

    private static Choice unknown(String why) {
        return new Choice.Nobody(new Outcome.Unknown(why));
    }

    private String positions() {
        return answering().stream()
                .map(name -> name + " has entries up to " + body(replies.get(name)).path("last").path("seq").asLong(0)
                        + ", epoch " + body(replies.get(name)).path(EPOCH).asLong(0))
                .collect(Collectors.joining(", "));
    }
}
