// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.admin;

import java.util.List;
import java.util.Map;
import org.openros.launcher.operator.AdminApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ros key}. */
@Command(name = "key",
        description = "The keys that sign tokens.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the server refused", "2:wrong command line", "3:done in part", "4:not reachable"})
public final class KeyCommand extends AdminCommand {
    @Command(name = "list", description = "Lists the keys, the newest first.", mixinStandardHelpOptions = true)
    int list(@Mixin AdminOptions options) {
        AdminCalls calls = calls(options);
        return calls.print(calls.list("/keys", Map.of(), Integer.MAX_VALUE), "kid", "algorithm", "state");
    }

    @Command(name = "rotate", description = "Adds a key, which signs a minute later; nobody is logged out.",
            mixinStandardHelpOptions = true)
    int rotate(@Mixin AdminOptions options) {
        AdminCalls calls = calls(options);
        return calls.print(
                calls.call("POST", "/keys/rotate", null).path("items").valueStream().toList(),
                "kid", "algorithm", "state");
    }

    @Command(name = "retire",
            description = "Takes away keys that no longer sign; who has tokens of them is logged out.",
            mixinStandardHelpOptions = true)
    int retire(@Mixin AdminOptions options, @Parameters(paramLabel = "KID", arity = "1..*") List<String> keys) {
        AdminCalls calls = calls(options);
        return calls.each(keys, spec().commandLine().getErr(), key -> {
            calls.call("DELETE", "/keys/" + AdminApi.encoded(key), null);
            return key + " is retired";
        });
    }
}
