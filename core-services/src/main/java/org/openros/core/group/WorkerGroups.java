// SPDX-License-Identifier: Apache-2.0
package org.openros.core.group;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.core.directory.DirectoryProperties;
import org.openros.core.group.GroupAnswers.Choice;
import org.openros.core.group.WorkerCalls.Reply;
import org.openros.domain.GroupId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The groups of workers: how they are, and orders to them. Thread-safe; blocks. */
public final class WorkerGroups {
    private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ORDER_TIMEOUT = Duration.ofSeconds(40);

    private final DirectoryProperties groups;
    private final WorkerNodes nodes;
    private final WorkerCalls calls;

    WorkerGroups(DirectoryProperties groups, WorkerNodes nodes, WorkerCalls calls) {
        this.groups = groups;
        this.nodes = nodes;
        this.calls = calls;
    }

    /** An order, and who gets it if nobody is named. */
    public enum Order {
        /** The master hands over to the backup. */
        STEP_DOWN("step-down", Receiver.MASTER),

        /** No takeovers. */
        PAUSE("pause", Receiver.ANY),

        /** Takeovers again. */
        RESUME("resume", Receiver.ANY),

        /** The spare becomes the backup. */
        REPLACE_BACKUP("replace-backup", Receiver.MASTER),

        /** The record that the lock service lost is written from what the disks hold. */
        RESEED_RECORD("reseed-record", Receiver.ANY),

        /** A worker becomes master that may lack acknowledged changes. */
        FORCE_PROMOTE("force-promote", Receiver.ONLY_ONE);

        private final String route;
        private final Receiver receiver;

        Order(String route, Receiver receiver) {
            this.route = route;
            this.receiver = receiver;
        }

        /** The name in routes. */
        public String route() {
            return route;
        }

        Receiver receiver() {
            return receiver;
        }

        private JsonNode arguments() {
            ObjectNode arguments = JsonNodeFactory.instance.objectNode();
            return this == FORCE_PROMOTE ? arguments.put("acceptDataLoss", true) : arguments;
        }
    }

    /** Who gets an order. */
    enum Receiver {
        /** The master. */
        MASTER,

        /** The master, or any that answers. */
        ANY,

        /** There must be no master, and only one that answers. */
        ONLY_ONE
    }

    /** How an order ended. */
    public sealed interface Outcome {
        /** It was carried out. */
        record Done(String node, String message) implements Outcome {}

        /** It was not. */
        record Refused(String message) implements Outcome {}

        /** Nobody can be asked now, or it is not known what became of it. */
        record Unknown(String message) implements Outcome {}
    }

    /** The names of the groups. */
    public List<GroupId> labels() {
        return groups.groups().stream().map(DirectoryProperties.Group::name).toList();
    }

    /** How a group is. */
    public GroupStatus status(GroupId group) {
        return ask(nodes.of(group)).status(group);
    }

    private GroupAnswers ask(Map<String, URI> known) {
        return new GroupAnswers(all(known, api -> calls.status(api, STATUS_TIMEOUT)));
    }

    /**
     * Gives an order to the worker that has to carry it out. With {@link Order#FORCE_PROMOTE} the caller says that lost
     * changes are accepted.
     *
     * @param node who gets it; null for whom it is meant
     */
    public Outcome order(GroupId group, Order order, @Nullable String node) {
        Map<String, URI> known = nodes.of(group);
        return switch (ask(known).receiver(order.receiver(), node)) {
            case Choice.Nobody(Outcome why) -> why;
            case Choice.Worker(String name) -> give(name, known, order);
        };
    }

    private Outcome give(String receiver, Map<String, URI> known, Order order) {
        Reply reply = calls.order(Objects.requireNonNull(known.get(receiver)), order.route, order.arguments(),
                ORDER_TIMEOUT);
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
                    String hash = GroupAnswers.body(reply).path("sha256").asString("");
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
