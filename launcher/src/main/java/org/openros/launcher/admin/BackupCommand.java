// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.admin;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openros.launcher.operator.AdminApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code ros backup}. */
@Command(name = "backup",
        description = "Backups of realms, users and permissions.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the server refused, or the job failed", "2:wrong command line", "3:done in part",
            "4:not reachable"})
public final class BackupCommand extends AdminCommand {
    @Command(name = "create", description = "Makes a backup and waits for its end.", mixinStandardHelpOptions = true)
    int create(
            @Mixin AdminOptions options,
            @Option(names = "--paths", paramLabel = "NAME", arity = "1..*",
                    description = "Only these realms; a name may end in *.") List<String> paths,
            @Option(names = "--labels", paramLabel = "GROUP", arity = "1..*",
                    description = "Only realms of these groups.") List<String> labels,
            @Option(names = "--keep", paramLabel = "N", defaultValue = "0",
                    description =
                            "Afterwards remove the oldest backups of the same scope, all but N; 0: none.") int keep)
            throws InterruptedException {
        AdminCalls calls = calls(options);
        Map<String, Object> scope = new LinkedHashMap<>();
        scope.put("paths", paths == null ? List.of() : paths);
        scope.put("labels", labels == null ? List.of() : labels);
        JsonNode begun = calls.call("POST", "/backups", Map.of("scope", scope));
        JsonNode job = calls.follow(begun.path("jobId").asString(""), spec().commandLine().getErr());
        if (!AdminCalls.succeeded(job)) {
            return calls.printEnd(job);
        }
        JsonNode backup = calls.call("GET", route(begun.path("backupId").asString("")), null);
        if (keep > 0) {
            removeOld(calls, backup, keep);
        }
        return calls.print(backup);
    }

    private static String route(String id) {
        return "/backups/" + AdminApi.encoded(id);
    }

    private static void removeOld(AdminCalls calls, JsonNode newest, int keep) {
        List<JsonNode> alike = new ArrayList<>(calls.list("/backups", Map.of(), Integer.MAX_VALUE).stream()
                .filter(backup -> backup.path("scope").equals(newest.path("scope")))
                .toList());
        for (JsonNode old : alike.subList(0, Math.max(0, alike.size() - keep))) {
            calls.call("DELETE", route(old.path("id").asString("")), null);
        }
    }

    @Command(name = "list", description = "Lists complete backups, oldest first.", mixinStandardHelpOptions = true)
    int list(@Mixin AdminOptions options) {
        AdminCalls calls = calls(options);
        return calls.print(
                calls.list("/backups", Map.of(), Integer.MAX_VALUE),
                "id", "startedAt", "endedAt", "realms", "bytes", "scope");
    }

    @Command(name = "show", description = "Shows a backup.", mixinStandardHelpOptions = true)
    int show(@Mixin AdminOptions options, @Parameters(paramLabel = "ID") String id) {
        AdminCalls calls = calls(options);
        return calls.print(calls.call("GET", route(id), null));
    }

    @Command(name = "verify", description = "Reads a whole backup and compares it with its hashes.",
            mixinStandardHelpOptions = true)
    int verify(@Mixin AdminOptions options, @Parameters(paramLabel = "ID") String id) throws InterruptedException {
        AdminCalls calls = calls(options);
        JsonNode begun = calls.call("POST", route(id) + "/verify", null);
        return calls.printEnd(calls.follow(begun.path("jobId").asString(""), spec().commandLine().getErr()));
    }

    @Command(name = "delete", description = "Removes backups from the disk.", mixinStandardHelpOptions = true)
    int delete(@Mixin AdminOptions options, @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        AdminCalls calls = calls(options);
        return calls.each(ids, spec().commandLine().getErr(), id -> {
            calls.call("DELETE", route(id), null);
            return id + " is removed";
        });
    }
}
