// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code ros restore}. */
@Command(name = "restore",
        description = {"Restores realms of a backup and waits for the end.",
            "What is in their place goes to the trash; "
                    + "clients that know newer changes reset and keep what they have not sent."},
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the server refused, or the job failed", "2:wrong command line", "4:not reachable"})
public final class RestoreCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private AdminOptions options;

    @Parameters(paramLabel = "BACKUP-ID")
    private String backup = "";

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private What what;

    @Option(names = "--as-new", description = "Makes new realms beside those that are there.")
    private boolean asNew;

    @Option(names = "--suffix", paramLabel = "TEXT", defaultValue = "-restored",
            description = "What the names of new realms get behind them (default: ${DEFAULT-VALUE}).")
    private String suffix = "";

    /** What is restored. */
    private static final class What {
        @Option(names = "--full", description = "Everything, with users and permissions, on an empty server.")
        private boolean full;

        @Option(names = "--paths", paramLabel = "NAME", arity = "1..*",
                description = "These realms; a name may end in *.")
        private List<String> paths = List.of();
    }

    @Override
    public Integer call() throws InterruptedException {
        AdminCalls calls = options.calls(spec.commandLine().getOut());
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("backupId", backup);
        order.put("mode", what.full ? "full" : asNew ? "asNew" : "replace");
        if (!what.full) {
            order.put("paths", what.paths);
        }
        if (asNew) {
            order.put("suffix", suffix);
        }
        JsonNode begun = calls.call("POST", "/restores", order);
        return calls.printEnd(calls.follow(begun.path("jobId").asString(""), spec.commandLine().getErr()));
    }
}
