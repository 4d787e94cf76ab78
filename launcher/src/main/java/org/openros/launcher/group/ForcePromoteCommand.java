// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;
import org.openros.launcher.group.GroupAccess.Receiver;
import org.openros.launcher.group.GroupSurvey.Answer;
import org.openros.launcher.operator.NodeStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a worker master that may lack what clients saw acknowledged. */
@Command(name = "force-promote",
        description = "The last resort, when the members of the group are gone for good: makes a worker master "
                + "although it may lack changes that clients saw acknowledged. Begins a new history, so that the "
                + "lost nodes cannot come back with theirs.",
        mixinStandardHelpOptions = true)
final class ForcePromoteCommand extends OrderCommand {
    @Option(names = "--accept-data-loss", description = "Without it the command only says what would be lost.")
    private boolean accepted;

    ForcePromoteCommand() {
        super("force-promote", Receiver.ANY, "Clients take the state of this worker and upload again what they still have. Wipe "
                + "the data folders of the lost workers before they come back.");
    }

    @Override
    public Integer call() {
        GroupAccess access = access();
        GroupSurvey survey = access.survey();
        demandNoMaster(survey);
        String node = options().node();
        Answer receiver = node == null ? receiver(survey) : survey.named(node);
        if (!accepted) {
            spec().commandLine().getErr().println("ros: " + warning(survey, receiver));
            return ExitStatus.USAGE.code();
        }
        report(access.order("force-promote", Receiver.ANY, receiver.name(), Map.of("acceptDataLoss", true)));
        return ExitStatus.OK.code();
    }

    private static void demandNoMaster(GroupSurvey survey) {
        for (Answer answer : survey.answering()) {
            if ("master".equals(answer.status().role())) {
                throw new StartFailure(ExitStatus.REFUSED, answer.name() + " is master: there is nothing to "
                        + "force. To move the role use ros group step-down");
            }
        }
    }

    /** A choice between several disks is the operator's. */
    private static Answer receiver(GroupSurvey survey) {
        List<Answer> candidates = survey.answering();
        if (candidates.size() > 1) {
            throw new StartFailure(ExitStatus.USAGE, "several workers answer (" + positions(candidates)
                    + "): say with --node which one is promoted; the one that has most loses least");
        }
        return survey.any();
    }

    private static String warning(GroupSurvey survey, Answer receiver) {
        return "this makes " + receiver.name() + " master with what it has: " + positions(survey.answering())
                + ". Everything acknowledged after that is lost on the server (" + survey.summary() + "); clients "
                + "that still have it upload it again. Get a lost worker back instead if you can. If you cannot: the "
                + "same command with --accept-data-loss.";
    }

    private static String positions(List<Answer> answers) {
        return answers.stream().map(ForcePromoteCommand::position).collect(Collectors.joining(", "));
    }

    private static String position(Answer answer) {
        NodeStatus status = answer.status();
        return answer.name() + (status.last() == null
                ? " does not tell its position"
                : " has entries up to " + status.last() + ", epoch " + status.epoch());
    }
}
