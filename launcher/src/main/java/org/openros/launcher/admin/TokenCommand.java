// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;
import org.openros.launcher.operator.AdminApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ros token}. */
@Command(name = "token",
        description = "Tokens of administrators and services.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the server refused", "2:wrong command line", "3:done in part", "4:not reachable"})
public final class TokenCommand extends AdminCommand {
    @Command(name = "list", description = "Lists the tokens that were issued and not revoked.",
            mixinStandardHelpOptions = true)
    int list(@Mixin AdminOptions options) {
        AdminCalls calls = calls(options);
        return calls.print(
                calls.list("/service-tokens", Map.of(), Integer.MAX_VALUE),
                "id", "name", "role", "createdAt", "expiresAt");
    }

    @Command(name = "create", description = "Issues a token, and prints its text: once, for nobody keeps it.",
            mixinStandardHelpOptions = true)
    int create(
            @Mixin AdminOptions options,
            @Parameters(paramLabel = "NAME", description = "Of who gets it, for the audit log.") String name,
            @Option(names = "--role", paramLabel = "admin|operator|auditor", defaultValue = "admin",
                    description = "What it is good for (default: ${DEFAULT-VALUE}).") String role,
            @Option(names = "--ttl", paramLabel = "TIME", defaultValue = "90d",
                    description = "Its life, like 12h or 90d (default: ${DEFAULT-VALUE}).") String ttl) {
        AdminCalls calls = calls(options);
        return calls.print(calls.call("POST", "/service-tokens", Map.of("name", name, "role", role, "ttl", ttl)));
    }

    @Command(name = "revoke", description = "Makes tokens good for nothing within seconds.",
            mixinStandardHelpOptions = true)
    int revoke(@Mixin AdminOptions options, @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        AdminCalls calls = calls(options);
        return calls.each(ids, spec().commandLine().getErr(), id -> {
            calls.call("DELETE", "/service-tokens/" + AdminApi.encoded(id), null);
            return id + " is revoked";
        });
    }

    @Command(name = "inspect", description = "Tells what the token in the first line of standard input is good for.",
            mixinStandardHelpOptions = true)
    int inspect(@Mixin AdminOptions options) throws IOException {
        String token = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (token == null) {
            throw new StartFailure(ExitStatus.USAGE, "standard input is empty");
        }
        AdminCalls calls = calls(options);
        return calls.print(calls.call("POST", "/tokens/inspect", Map.of("token", token.strip())));
    }
}
