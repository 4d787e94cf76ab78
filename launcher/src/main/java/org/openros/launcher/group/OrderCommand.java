// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;
import org.openros.launcher.group.GroupSurvey.Answer;
import org.openros.launcher.operator.HttpEndpoint.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Gives a worker an order and tells what became of it. */
abstract class OrderCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    @Mixin
    private GroupOptions options = new GroupOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    private final String order;
    private final String next;

    /**
     * A command.
     *
     * @param order last part of the path, {@code step-down}
     * @param next what to look at or do next
     */
    OrderCommand(String order, String next) {
        this.order = order;
        this.next = next;
    }

    @Override
    public Integer call() {
        GroupSurvey survey = GroupSurvey.of(options.workers());
        give(options.node() == null ? receiver(survey) : survey.named(options.node()), Map.of());
        return ExitStatus.OK.code();
    }

    /** Who gets the order if the user named nobody. */
    abstract Answer receiver(GroupSurvey survey);

    final GroupOptions options() {
        return options;
    }

    final CommandSpec spec() {
        return spec;
    }

    final void give(Answer receiver, Map<String, ?> arguments) {
        Reply reply;
        try {
            reply = receiver.worker().order(order, arguments, TIMEOUT);
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.UNREACHABLE, receiver.name() + " did not answer (" + e.getMessage()
                    + "): it may have done it all the same, see ros group status", e);
        }
        if (!reply.ok()) {
            ExitStatus status = reply.status() >= 500 ? ExitStatus.UNREACHABLE : ExitStatus.REFUSED;
            throw new StartFailure(status, receiver.name() + ": " + GroupSurvey.refusal(reply));
        }
        report(receiver, reply);
    }

    private void report(Answer receiver, Reply reply) {
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(reply.body().isMissingNode() ? "{}" : reply.body().toPrettyString());
            return;
        }
        String said = reply.body().path("message").asString("");
        out.println(receiver.name() + ": " + (said.isEmpty() ? order + " is done" : said));
        if (!next.isEmpty()) {
            out.println(next);
        }
    }

    /** Hands the group to the backup. */
    @Command(name = "step-down",
            description = "The master finishes what is under way and lets the backup take over, before planned work "
                    + "on its machine.",
            mixinStandardHelpOptions = true)
    static final class StepDown extends OrderCommand {
        StepDown() {
            super("step-down", "ros group status shows who is master now.");
        }

        @Override
        Answer receiver(GroupSurvey survey) {
            return survey.master();
        }
    }

    /** Keeps roles as they are. */
    @Command(name = "pause",
            description = "No worker takes over until resume: for work on the network, on Consul, or on several "
                    + "machines.",
            mixinStandardHelpOptions = true)
    static final class Pause extends OrderCommand {
        Pause() {
            super("pause", "Until ros group resume nobody takes over, even if the master is lost.");
        }

        @Override
        Answer receiver(GroupSurvey survey) {
            return survey.any();
        }
    }

    /** Ends a pause. */
    @Command(name = "resume", description = "Ends a pause.", mixinStandardHelpOptions = true)
    static final class Resume extends OrderCommand {
        Resume() {
            super("resume", "");
        }

        @Override
        Answer receiver(GroupSurvey survey) {
            return survey.any();
        }
    }

    /** Makes the spare the backup. */
    @Command(name = "replace-backup",
            description = "Makes the spare the backup and the backup the spare, before planned work on the backup's "
                    + "machine.",
            mixinStandardHelpOptions = true)
    static final class ReplaceBackup extends OrderCommand {
        ReplaceBackup() {
            super("replace-backup", "ros group status shows the members.");
        }

        @Override
        Answer receiver(GroupSurvey survey) {
            return survey.master();
        }
    }

    /** Writes a record that was lost. */
    @Command(name = "reseed-record",
            description = "After Consul lost its data, or got back an old copy: compares the disks of the workers and "
                    + "writes the group's record anew from what they promise. Loses nothing, or refuses.",
            mixinStandardHelpOptions = true)
    static final class ReseedRecord extends OrderCommand {
        ReseedRecord() {
            super("reseed-record", "ros group status shows who is promoted.");
        }

        @Override
        Answer receiver(GroupSurvey survey) {
            return survey.any();
        }
    }
}
