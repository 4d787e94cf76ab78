// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;
import org.openros.launcher.operator.HttpEndpoint.Reply;
import org.openros.launcher.operator.NodeStatus;

/** What the workers of a group answered when all were asked at the same time. */
record GroupSurvey(List<Answer> answers) {
    /**
     * What one worker said.
     *
     * @param reply null if it did not answer
     */
    record Answer(String name, @Nullable Reply reply) {
        /** What it says of itself, nothing if it does not answer or refuses. */
        NodeStatus status() {
            return reply == null || !reply.ok() ? NodeStatus.UNKNOWN : NodeStatus.of(reply.body());
        }

        boolean ok() {
            return reply != null && reply.ok();
        }

        /** In a few words, for people. */
        String summary() {
            if (reply == null) {
                return name + " does not answer";
            }
            String role = status().role();
            return name + (reply.ok() ? " is " + (role == null ? "without a role" : role) : ": " + refusal(reply));
        }
    }

    GroupSurvey {
        answers = List.copyOf(answers);
    }

    /** How a command ends that these answers do not help: refused if somebody said so, else it may go later. */
    private static ExitStatus statusOf(List<Answer> answers) {
        return answers.stream()
                        .map(Answer::reply)
                        .anyMatch(reply -> reply != null && reply.status() / 100 == 4)
                ? ExitStatus.REFUSED
                : ExitStatus.UNREACHABLE;
    }

    /** The words for an answer that is none. */
    static String refusal(Reply reply) {
        return switch (reply.status()) {
            case 401, 403 -> "refuses the token: the secret is not the one of this installation, or the clocks differ";
            case 404 -> "has no interface for operators: is it a sync worker?";
            default -> reply.reason();
        };
    }

    String summary() {
        return answers.isEmpty()
                ? "none is known"
                : answers.stream().map(Answer::summary).collect(Collectors.joining(", "));
    }

    /**
     * The worker of that name.
     *
     * @throws StartFailure if there is none, or it does not answer
     */
    Answer named(String name) {
        Answer found = answers.stream()
                .filter(answer -> answer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StartFailure(ExitStatus.USAGE, "there is no worker " + name + ", but "
                        + answers.stream().map(Answer::name).collect(Collectors.joining(", "))));
        if (!found.ok()) {
            throw new StartFailure(statusOf(List.of(found)), found.summary());
        }
        return found;
    }

    /**
     * The master of the newest epoch.
     *
     * @throws StartFailure if there is none
     */
    Answer master() {
        return answers.stream()
                .filter(answer -> "master".equals(answer.status().role()))
                .max((one, other) -> Long.compare(epoch(one), epoch(other)))
                .orElseThrow(() -> new StartFailure(statusOf(answers), "the group has no master now (" + summary()
                        + "): try again in a moment"));
    }

    private static long epoch(Answer answer) {
        Long epoch = answer.status().epoch();
        return epoch == null ? 0 : epoch;
    }

    /** Those that answer. */
    List<Answer> answering() {
        return answers.stream().filter(Answer::ok).toList();
    }

    /**
     * The master if there is one, else any worker that answers.
     *
     * @throws StartFailure if none answers
     */
    Answer any() {
        List<Answer> masters = answering().stream()
                .filter(answer -> "master".equals(answer.status().role()))
                .toList();
        if (!masters.isEmpty()) {
            return master();
        }
        return answering().stream()
                .findFirst()
                .orElseThrow(() -> new StartFailure(statusOf(answers), "no worker can be asked: " + summary()));
    }
}
