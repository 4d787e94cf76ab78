// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openros.launcher.operator.AdminApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ros realm}. */
@Command(name = "realm",
        description = "Realms of an app.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the server refused", "2:wrong command line", "3:done in part", "4:not reachable"})
public final class RealmCommand extends AdminCommand {
    private static final String[] SHOWN = {"path", "realmType", "owner", "label", "state", "createdAt"};

    @Command(name = "list", description = "Lists realms in the order of their paths.", mixinStandardHelpOptions = true)
    int list(
            @Mixin AdminOptions options,
            @Option(names = "--prefix", paramLabel = "TEXT", defaultValue = "") String prefix,
            @Option(names = "--owner", paramLabel = "USER", defaultValue = "") String owner,
            @Option(names = "--label", paramLabel = "GROUP", defaultValue = "") String label,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "1000",
                    description = "At most so many (default: ${DEFAULT-VALUE}).") int limit) {
        AdminCalls calls = calls(options);
        Map<String, String> filter = Map.of("prefix", prefix, "owner", owner, "label", label);
        return calls.print(calls.list("/realms", filter, limit), SHOWN);
    }

    @Command(name = "get", description = "Shows a realm.", mixinStandardHelpOptions = true)
    int get(@Mixin AdminOptions options, @Parameters(paramLabel = "PATH") String path) {
        AdminCalls calls = calls(options);
        return calls.print(calls.call("GET", route(path), null));
    }

    private static String route(String path) {
        return "/realms/" + AdminApi.encoded(path);
    }

    @Command(name = "create", description = "Makes a realm.", mixinStandardHelpOptions = true)
    int create(
            @Mixin AdminOptions options,
            @Parameters(paramLabel = "PATH") String path,
            @Option(names = "--owner", paramLabel = "USER", defaultValue = "") String owner,
            @Option(names = "--type", paramLabel = "full|reference", defaultValue = "full") String type) {
        Map<String, String> realm = new LinkedHashMap<>(Map.of("path", path, "realmType", type));
        if (!owner.isEmpty()) {
            realm.put("ownerId", owner);
        }
        AdminCalls calls = calls(options);
        return calls.print(calls.call("POST", "/realms", realm));
    }

    @Command(name = "delete", description = "Puts realms into the trash; their sessions end.",
            mixinStandardHelpOptions = true)
    int delete(@Mixin AdminOptions options, @Parameters(paramLabel = "PATH", arity = "1..*") List<String> paths) {
        AdminCalls calls = calls(options);
        return calls.each(paths, spec().commandLine().getErr(), path -> {
            calls.call("DELETE", route(path), null);
            return path + " is in the trash";
        });
    }

    @Command(name = "move", description = "Begins to move a realm to another group; ros job wait tells the end.",
            mixinStandardHelpOptions = true)
    int move(
            @Mixin AdminOptions options,
            @Parameters(paramLabel = "PATH") String path,
            @Parameters(paramLabel = "GROUP") String group) {
        AdminCalls calls = calls(options);
        return calls.print(calls.call("POST", route(path) + "/move", Map.of("toLabel", group)));
    }

    @Command(name = "purge", description = "Begins to remove realms of the trash for good.",
            mixinStandardHelpOptions = true)
    int purge(@Mixin AdminOptions options, @Parameters(paramLabel = "TRASH-ID", arity = "1..*") List<String> ids) {
        AdminCalls calls = calls(options);
        return calls.each(ids, spec().commandLine().getErr(), id -> "job "
                + calls.call("DELETE", "/trash/" + AdminApi.encoded(id), null).path("jobId").asString("") + " removes "
                + id);
    }

    @Command(name = "trash", description = "Lists the realms in the trash.", mixinStandardHelpOptions = true)
    int trash(@Mixin AdminOptions options) {
        AdminCalls calls = calls(options);
        return calls.print(
                calls.list("/trash", Map.of(), Integer.MAX_VALUE), "trashId", "path", "owner", "label", "deletedAt");
    }

    @Command(name = "restore", description = "Takes realms out of the trash.", mixinStandardHelpOptions = true)
    int restore(@Mixin AdminOptions options, @Parameters(paramLabel = "TRASH-ID", arity = "1..*") List<String> ids) {
        AdminCalls calls = calls(options);
        return calls.each(ids, spec().commandLine().getErr(), id -> {
            calls.call("POST", "/trash/" + AdminApi.encoded(id) + "/restore", null);
            return id + " is restored";
        });
    }
}
