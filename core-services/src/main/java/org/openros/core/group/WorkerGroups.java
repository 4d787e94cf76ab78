// SPDX-License-Identifier: Apache-2.0
package org.openros.core.group;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.core.directory.DirectoryProperties;
import org.openros.core.group.WorkerCalls.Reply;
import org.openros.domain.GroupId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The groups of workers: how they are, and orders to them. Thread-safe; blocks. */
public final class WorkerGroups {
    private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ORDER_TIMEOUT = Duration.ofSeconds(40);
    private static final String MASTER = "master";

    private final DirectoryProperties groups;
    private final WorkerNodes nodes;
    private final WorkerCalls calls;

    WorkerGroups(DirectoryProperties groups, WorkerNodes nodes, WorkerCalls calls) {
        this.groups = groups;
        this.nodes = nodes;
        this.calls = calls;
    }

    /** An order that any operator may give, and who gets it. */
    public enum Order {
        /** The master hands over to the backup. */
        STEP_DOWN("step-down", true),

        /** No takeovers. */
        PAUSE("pause", false),

        /** Takeovers again. */
        RESUME("resume", false),

        /** The spare becomes the backup. */
        REPLACE_BACKUP("replace-backup", true);

        private final String route;
        private final boolean forMaster;

        Order(String route, boolean forMaster) {
            this.route = route;
            this.forMaster = forMaster;
        }

        /** The name in routes. */
        public String route() {
            return route;
        }
    }

    /** How an order ended. */
    public sealed interface Outcome {
        /** It was carried out. */
        record Done(String node, String message) implements Outcome {}

        /** It was not. */
        record Refused(String message) implements Outcome {}

        /** Nobody can be asked, or it is not known what became of it. */
        record Unknown(String message) implements Outcome {}
    }

    /** The names of the groups. */
    public List<GroupId> labels() {
        return groups.groups().stream().map(DirectoryProperties.Group::name).toList();
    }

    /** How a group is. */
    public GroupStatus status(GroupId group) {
        Map<String, @Nullable Reply> replies = ask(group);
        List<GroupStatus.Node> seen = new ArrayList<>();
        List<GroupStatus.Alarm> alarms = new ArrayList<>();
        replies.forEach((name, reply) -> {
            seen.add(node(name, reply));
            body(reply).path("alarms").forEach(alarm -> alarms.add(new GroupStatus.Alarm(
                    name, alarm.path("kind").asString(""), alarm.path("message").asString(""))));
        });
        String master = master(replies);
        boolean paused = replies.values().stream().anyMatch(reply -> body(reply).path("paused").asBoolean(false));
        return new GroupStatus(
                group.value(),
                master == null ? "down" : paused ? "paused" : "serving",
                master,
                master == null ? null : number(body(replies.get(master)), "epoch"),
                seen,
                alarms);
    }

    private Map<String, @Nullable Reply> ask(GroupId group) {
        return all(nodes.of(group), api -> calls.status(api, STATUS_TIMEOUT));
    }

    private static GroupStatus.Node node(String name, @Nullable Reply reply) {
        JsonNode body = body(reply);
        return new GroupStatus.Node(
                name,
                body.path("role").asString("unreachable"),
                body.path("inStep").asBoolean(false),
                number(body, "epoch"),
                number(body, "committed"),
                number(body, "lag"),
                body.path("version").isString() ? body.path("version").stringValue() : null);
    }

    private static JsonNode body(@Nullable Reply reply) {
        return reply == null || !reply.ok() ? JsonNodeFactory.instance.missingNode() : reply.body();
    }

    private static @Nullable Long number(JsonNode body, String field) {
        return body.path(field).isIntegralNumber() ? body.path(field).longValue() : null;
    }

    /** The one with the newest epoch among those that say that they are. */
    private static @Nullable String master(Map<String, @Nullable Reply> replies) {
        String found = null;
        long newest = -1;
        for (Map.Entry<String, @Nullable Reply> reply : replies.entrySet()) {
            JsonNode body = body(reply.getValue());
            if (MASTER.equals(body.path("role").asString("")) && body.path("epoch").asLong(0) > newest) {
                found = reply.getKey();
                newest = body.path("epoch").asLong(0);
            }
        }
        return found;
    }

    /** Gives an order to the worker that has to carry it out. */
    public Outcome order(GroupId group, Order order) {
        Map<String, URI> known = nodes.of(group);
        Map<String, @Nullable Reply> replies = ask(group);
        String receiver = master(replies);
        if (receiver == null && !order.forMaster) {
            receiver = replies.entrySet().stream()
                    .filter(reply -> reply.getValue() != null && reply.getValue().ok())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }
        URI api = receiver == null ? null : known.get(receiver);
        if (receiver == null || api == null) {
            return new Outcome.Unknown(order.forMaster
                    ? "the group has no master now: try again in a moment"
                    : "no worker of the group answers");
        }
        Reply reply = calls.order(api, order.route, JsonNodeFactory.instance.objectNode(), ORDER_TIMEOUT);
        if (reply == null || reply.status() >= 500) {
            return new Outcome.Unknown(receiver + (reply == null ? " did not answer" : ": " + reply.message())
                    + ": it may have done it all the same, see the status of the group");
        }
        return reply.ok()
                ? new Outcome.Done(receiver, reply.message())
                : new Outcome.Refused(receiver + ": " + reply.message());
    }

    /**
     * Asks all workers of a group that answer for the hash of what they hold at an entry.
     *
     * @param seq number of the entry, which may be one that is still to come
     * @return by name; null for a worker that cannot say
     */
    Map<String, @Nullable String> hashes(GroupId group, Collection<String> names, long seq, Duration timeout) {
        Map<String, URI> asked = new LinkedHashMap<>(nodes.of(group));
        asked.keySet().retainAll(names);
        Map<String, @Nullable String> hashes = new LinkedHashMap<>();
        all(asked, api -> calls.order(api, "verify", JsonNodeFactory.instance.objectNode().put("seq", seq), timeout))
                .forEach((name, reply) -> {
                    String hash = body(reply).path("sha256").asString("");
                    hashes.put(name, hash.isEmpty() ? null : hash);
                });
        return hashes;
    }

    private static <T> Map<String, @Nullable T> all(Map<String, URI> nodes, Function<URI, @Nullable T> question) {
        Map<String, @Nullable T> answers = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, Future<@Nullable T>> asked = new LinkedHashMap<>();
            nodes.forEach((name, api) -> asked.put(name, threads.submit(() -> question.apply(api))));
            for (Map.Entry<String, Future<@Nullable T>> each : asked.entrySet()) {
                answers.put(each.getKey(), each.getValue().get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return answers;
    }
}
