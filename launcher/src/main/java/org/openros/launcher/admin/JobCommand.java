// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.admin;

import java.util.Map;
import org.openros.launcher.operator.AdminApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ros job}. */
@Command(name = "job",
        description = "Work that takes longer than a request.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the server refused, or the job failed", "2:wrong command line", "4:not reachable"})
public final class JobCommand extends AdminCommand {
    @Command(name = "list", description = "Lists jobs, oldest first.", mixinStandardHelpOptions = true)
    int list(
            @Mixin AdminOptions options,
            @Option(names = "--type", paramLabel = "TYPE", defaultValue = "") String type,
            @Option(names = "--state", paramLabel = "STATE", defaultValue = "",
                    description = "queued, running, succeeded, failed or cancelled.") String state) {
        AdminCalls calls = calls(options);
        return calls.print(
                calls.list("/jobs", Map.of("type", type, "state", state), Integer.MAX_VALUE),
                "id", "type", "target", "state", "progress", "createdBy", "createdAt");
    }

    @Command(name = "get", description = "Shows a job.", mixinStandardHelpOptions = true)
    int get(@Mixin AdminOptions options, @Parameters(paramLabel = "ID") String id) {
        AdminCalls calls = calls(options);
        return calls.print(calls.call("GET", route(id), null));
    }

    private static String route(String id) {
        return "/jobs/" + AdminApi.encoded(id);
    }

    @Command(name = "cancel", description = "Tells a job to stop.", mixinStandardHelpOptions = true)
    int cancel(@Mixin AdminOptions options, @Parameters(paramLabel = "ID") String id) {
        AdminCalls calls = calls(options);
        return calls.print(calls.call("POST", route(id) + "/cancel", null));
    }

    @Command(name = "wait", description = "Waits until a job has ended; ends with 1 if it did not succeed.",
            mixinStandardHelpOptions = true)
    int await(@Mixin AdminOptions options, @Parameters(paramLabel = "ID") String id) throws InterruptedException {
        AdminCalls calls = calls(options);
        return calls.printEnd(calls.follow(id, spec().commandLine().getErr()));
    }
}
