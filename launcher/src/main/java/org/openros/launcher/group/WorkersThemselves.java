// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.openros.launcher.operator.WorkerApi;

/**
 * Asks the HTTP interfaces of the workers, which needs the secret of the installation and neither gateways nor core
 * services.
 *
 * @param workers by name, whether they run or not
 */
record WorkersThemselves(Map<String, WorkerApi> workers) implements GroupAccess {
    private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration ORDER_TIMEOUT = Duration.ofSeconds(60);

    /** A large state takes its time. */
    private static final Duration HASH_TIMEOUT = Duration.ofMinutes(5).plusSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final int ATTEMPTS = 6;

    @Override
    public GroupSurvey survey() {
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> asked = workers.entrySet().stream()
                    .map(worker -> threads.submit(() -> ask(worker.getKey(), worker.getValue())))
                    .toList();
            for (Future<Answer> answer : asked) {
                answers.add(answer.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return new GroupSurvey(answers);
    }

    private static Answer ask(String name, WorkerApi worker) {
        try {
            return new Answer(name, worker.status(STATUS_TIMEOUT));
        } catch (IOException e) {
            return new Answer(name, null);
        }
    }

    @Override
    public Done order(String order, Receiver meant, @Nullable String node, Map<String, ?> arguments) {
        String receiver = receiver(survey(), meant, node).name();
        Reply reply;
        try {
            reply = worker(receiver).order(order, arguments, ORDER_TIMEOUT);
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.UNREACHABLE, receiver + " did not answer (" + e.getMessage()
                    + "): it may have done it all the same, see ros group status", e);
        }
        if (!reply.ok()) {
            ExitStatus status = reply.status() >= 500 ? ExitStatus.UNREACHABLE : ExitStatus.REFUSED;
            throw new StartFailure(status, receiver + ": " + GroupSurvey.refusal(reply));
        }
        return new Done(receiver, reply);
    }

    private static Answer receiver(GroupSurvey survey, Receiver meant, @Nullable String node) {
        if (node != null) {
            return survey.named(node);
        }
        return switch (meant) {
            case MASTER -> survey.master();
            case ANY -> survey.any();
        };
    }

    private WorkerApi worker(String name) {
        return Objects.requireNonNull(workers.get(name));
    }

    @Override
    public Comparison compare() throws InterruptedException {
        List<Answer> nodes = compared(survey());
        long seq = committed(nodes);
        Map<String, Reply> replies = hashes(nodes, seq);
        for (int attempt = 1; attempt < ATTEMPTS && !complete(replies); attempt++) {
            seq = ahead(nodes, attempt);
            replies = hashes(nodes, seq);
        }
        if (!complete(replies)) {
            throw incomparable(seq, replies);
        }
        Map<String, String> hashes = new LinkedHashMap<>();
        replies.forEach((name, reply) -> hashes.put(name, hash(reply)));
        return new Comparison(seq, hashes);
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
        long now = committed(survey().answering());
        return now == before ? now : now + (now - before) * attempt * attempt;
    }

    private Map<String, Reply> hashes(List<Answer> nodes, long seq) throws InterruptedException {
        Map<String, Reply> replies = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> asked = nodes.stream()
                    .map(node -> threads.submit(
                            () -> worker(node.name()).order("verify", Map.of("seq", seq), HASH_TIMEOUT)))
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
        return replies.values().stream().noneMatch(reply -> hash(reply).isEmpty());
    }

    /** Empty if it did not say. */
    private static String hash(Reply reply) {
        return reply.ok() ? reply.body().path("sha256").asString("") : "";
    }

    private static StartFailure incomparable(long seq, Map<String, Reply> replies) {
        return new StartFailure(ExitStatus.UNREACHABLE, "the workers cannot be compared at entry " + seq + " ("
                + replies.entrySet().stream()
                        .filter(reply -> hash(reply.getValue()).isEmpty())
                        .map(reply -> reply.getKey() + ": " + GroupSurvey.refusal(reply.getValue()))
                        .collect(Collectors.joining(", "))
                + "): try again when there is less to do");
    }
}
