// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.admin;

import java.util.Map;
import org.openros.launcher.operator.AdminApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ros permission}. */
@Command(name = "permission",
        description = "What users may do with realms.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the server refused", "2:wrong command line", "3:done in part", "4:not reachable"})
public final class PermissionCommand extends AdminCommand {
    @Command(name = "list", description = "Lists what was given of a realm.", mixinStandardHelpOptions = true)
    int list(@Mixin AdminOptions options, @Parameters(paramLabel = "PATH") String path) {
        AdminCalls calls = calls(options);
        return calls.print(calls.list(route(path), Map.of(), Integer.MAX_VALUE), "userId", "accessLevel", "updatedAt");
    }

    private static String route(String path) {
        return "/realms/" + AdminApi.encoded(path) + "/permissions";
    }

    private static String route(String path, String user) {
        return route(path) + "/" + AdminApi.encoded(user);
    }

    @Command(name = "set", description = "Gives a user exactly the rights of a level.", mixinStandardHelpOptions = true)
    int set(
            @Mixin AdminOptions options,
            @Parameters(paramLabel = "PATH") String path,
            @Parameters(paramLabel = "USER", description = "A user's id, or '*' for everybody.") String user,
            @Parameters(paramLabel = "read|write|admin") String level) {
        AdminCalls calls = calls(options);
        return calls.print(calls.call("PUT", route(path, user), Map.of("accessLevel", level)));
    }

    @Command(name = "remove", description = "Takes what was given to a user.", mixinStandardHelpOptions = true)
    int remove(
            @Mixin AdminOptions options,
            @Parameters(paramLabel = "PATH") String path,
            @Parameters(paramLabel = "USER", description = "A user's id, or '*' for everybody.") String user) {
        AdminCalls calls = calls(options);
        calls.call("DELETE", route(path, user), null);
        return calls.done(user + " has nothing of " + path + " any more");
    }
}
