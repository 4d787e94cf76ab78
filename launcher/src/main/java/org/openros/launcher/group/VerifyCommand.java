// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;
import org.openros.launcher.group.GroupSurvey.Answer;
import org.openros.launcher.operator.HttpEndpoint.Reply;
import org.openros.launcher.operator.NodeStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Compares the state of all workers at one entry of the log. */
@Command(name = "verify",
        description = "Compares the state of all workers at one entry of the log, by its hash. Ends with 1 if they "
                + "differ, with 5 if they cannot be compared.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    /** A large state takes its time. */
    private static final Duration TIMEOUT = Duration.ofMinutes(5).plusSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int ATTEMPTS = 6;

    @Mixin
    private GroupOptions options = new GroupOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        List<Answer> nodes = compared(GroupSurvey.of(options.workers()));
        long seq = committed(nodes);
        Map<String, Reply> replies = hashes(nodes, seq);
        for (int attempt = 1; attempt < ATTEMPTS && !complete(replies); attempt++) {
            seq = ahead(nodes, attempt);
            replies = hashes(nodes, seq);
        }
        return report(seq, replies);
    }

    private static List<Answer> compared(GroupSurvey survey) {
        if (survey.answering().size() < 2) {
            throw new StartFailure(ExitStatus.UNREACHABLE, "there are not two workers to compare ("
                    + survey.summary() + ")");
        }
        return survey.answering();
    }

    /** What the one that knows most knows to be committed: the others get there, or have an older master. */
    private static long committed(List<Answer> nodes) {
        return nodes.stream()
                .map(Answer::status)
                .map(NodeStatus::committed)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElseThrow(() -> new StartFailure(ExitStatus.UNREACHABLE, "no worker tells its position"));
    }

    /**
     * Under load a node is soon past what was committed a moment ago, so it is asked about an entry that is still to
     * come, further ahead with each attempt. A worker gives up if it does not come.
     */
    private long ahead(List<Answer> nodes, int attempt) throws InterruptedException {
        long before = committed(nodes);
        Thread.sleep(BETWEEN_LOOKS);
        long now = committed(GroupSurvey.of(options.workers()).answering());
        return now == before ? now : now + (now - before) * attempt * attempt;
    }

    private static Map<String, Reply> hashes(List<Answer> nodes, long seq) throws InterruptedException {
        Map<String, Reply> replies = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> asked = nodes.stream()
                    .map(node -> threads.submit(() -> node.worker().order("verify", Map.of("seq", seq), TIMEOUT)))
                    .toList();
            for (int i = 0; i < asked.size(); i++) {
                replies.put(nodes.get(i).name(), asked.get(i).get());
            }
        } catch (ExecutionException e) {
            throw new StartFailure(ExitStatus.UNREACHABLE, "a worker did not answer: "
                    + (e.getCause() instanceof IOException io ? io : e), e);
        }
        return replies;
    }

    private static boolean complete(Map<String, Reply> replies) {
        return replies.values().stream().allMatch(reply -> hash(reply) != null);
    }

    private static @Nullable String hash(Reply reply) {
        String hash = reply.body().path("sha256").asString("");
        return reply.ok() && !hash.isEmpty() ? hash : null;
    }

    private int report(long seq, Map<String, Reply> replies) {
        if (!complete(replies)) {
            throw new StartFailure(ExitStatus.UNREACHABLE, "the workers cannot be compared at entry " + seq + " ("
                    + replies.entrySet().stream()
                            .filter(reply -> hash(reply.getValue()) == null)
                            .map(reply -> reply.getKey() + ": " + GroupSurvey.refusal(reply.getValue()))
                            .collect(Collectors.joining(", "))
                    + "): try again when there is less to do");
        }
        Set<@Nullable String> different =
                replies.values().stream().map(VerifyCommand::hash).collect(Collectors.toSet());
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(json(seq, replies, different.size() == 1));
        } else {
            replies.forEach((name, reply) -> out.println(name + " " + hash(reply)));
            out.println(different.size() == 1
                    ? "Equal at entry " + seq
                    : "DIFFERENT at entry " + seq + ": stop the worker that is alone with its hash, move its data "
                    + "folder away and start it again; keep the folder for whoever looks for the cause");
        }
        return (different.size() == 1 ? ExitStatus.OK : ExitStatus.FAULT).code();
    }

    private static String json(long seq, Map<String, Reply> replies, boolean equal) {
        Map<String, Object> nodes = new LinkedHashMap<>();
        replies.forEach((name, reply) -> nodes.put(name, hash(reply)));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("equal", equal);
        all.put("seq", seq);
        all.put("nodes", nodes);
        return JsonMapper.shared().writeValueAsString(all);
    }
}
