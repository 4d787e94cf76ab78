// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.group.GroupAccess.Done;
import org.openros.launcher.group.GroupAccess.Receiver;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Gives a worker an order and tells what became of it. */
abstract class OrderCommand implements Callable<Integer> {
    @Mixin
    private GroupOptions options = new GroupOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    private final String order;
    private final Receiver receiver;
    private final String next;

    /**
     * A command.
     *
     * @param order last part of the path, {@code step-down}
     * @param receiver whom it is for if the user names nobody
     * @param next what to look at or do next
     */
    OrderCommand(String order, Receiver receiver, String next) {
        this.order = order;
        this.receiver = receiver;
        this.next = next;
    }

    @Override
    public Integer call() {
        report(access().order(order, receiver, options.node(), Map.of()));
        return ExitStatus.OK.code();
    }

    final GroupAccess access() {
        return options.access(spec.commandLine().getErr());
    }

    final GroupOptions options() {
        return options;
    }

    final CommandSpec spec() {
        return spec;
    }

    final void report(Done done) {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode body = done.reply().body();
        if (options.json()) {
            out.println(body.isMissingNode() ? "{}" : body.toPrettyString());
            return;
        }
        String said = body.path("message").asString("");
        out.println(done.node() + ": " + (said.isEmpty() ? order + " is done" : said));
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
            super("step-down", Receiver.MASTER, "ros group status shows who is master now.");
        }
    }

    /** Keeps roles as they are. */
    @Command(name = "pause",
            description = "No worker takes over until resume: for work on the network, on Consul, or on several "
                    + "machines.",
            mixinStandardHelpOptions = true)
    static final class Pause extends OrderCommand {
        Pause() {
            super("pause", Receiver.ANY, "Until ros group resume nobody takes over, even if the master is lost.");
        }
    }

    /** Ends a pause. */
    @Command(name = "resume", description = "Ends a pause.", mixinStandardHelpOptions = true)
    static final class Resume extends OrderCommand {
        Resume() {
            super("resume", Receiver.ANY, "");
        }
    }

    /** Makes the spare the backup. */
    @Command(name = "replace-backup",
            description = "Makes the spare the backup and the backup the spare, before planned work on the backup's "
                    + "machine.",
            mixinStandardHelpOptions = true)
    static final class ReplaceBackup extends OrderCommand {
        ReplaceBackup() {
            super("replace-backup", Receiver.MASTER, "ros group status shows the members.");
        }
    }

    /** Writes a record that was lost. */
    @Command(name = "reseed-record",
            description = "After Consul lost its data, or got back an old copy: compares the disks of the workers and "
                    + "writes the group's record anew from what they promise. Loses nothing, or refuses.",
            mixinStandardHelpOptions = true)
    static final class ReseedRecord extends OrderCommand {
        ReseedRecord() {
            super("reseed-record", Receiver.ANY, "ros group status shows who is promoted.");
        }
    }
}
