// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.admin;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;
import org.openros.launcher.operator.AdminApi;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ros user}. */
@Command(name = "user",
        description = "Users of the apps of a server.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:the server refused", "2:wrong command line", "3:done in part", "4:not reachable"})
public final class UserCommand extends AdminCommand {
    @Command(name = "list", description = "Lists users, or finds them by what id or e-mail address begins with.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin AdminOptions options,
            @Option(names = "--search", paramLabel = "TEXT", defaultValue = "") String search,
            @Option(names = "--status", paramLabel = "active|suspended", defaultValue = "") String status,
            @Option(names = "--provider", paramLabel = "PROVIDER", defaultValue = "") String provider,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "1000",
                    description = "At most so many (default: ${DEFAULT-VALUE}).") int limit) {
        AdminCalls calls = calls(options);
        return calls.print(
                calls.list("/users", Map.of("search", search, "status", status, "provider", provider), limit),
                "id", "appId", "status", "accounts.provider", "accounts.providerId", "createdAt");
    }

    @Command(name = "get", description = "Shows a user.", mixinStandardHelpOptions = true)
    int get(@Mixin AdminOptions options, @Parameters(paramLabel = "ID") String id) {
        AdminCalls calls = calls(options);
        return calls.print(calls.call("GET", path(id), null));
    }

    private static String path(String id) {
        return "/users/" + AdminApi.encoded(id);
    }

    @Command(name = "add", description = "Makes a user who can log in with an e-mail address and a password.",
            mixinStandardHelpOptions = true)
    int add(
            @Mixin AdminOptions options,
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--password-file", paramLabel = "FILE", required = true,
                    description = "File with the password in its first line; - for standard input.") String file) {
        AdminCalls calls = calls(options);
        return calls.print(calls.call("POST", "/users", Map.of("providerId", email, "password", firstLine(file))));
    }

    private static String firstLine(String file) {
        try (BufferedReader reader = file.equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(file))) {
            String line = reader.readLine();
            if (line != null) {
                return line;
            }
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.USAGE, "--password-file: cannot read " + file + " (" + e + ")", e);
        }
        throw new StartFailure(ExitStatus.USAGE, "--password-file: " + file + " is empty");
    }

    @Command(name = "suspend", description = "Bars users; their sessions end.", mixinStandardHelpOptions = true)
    int suspend(@Mixin AdminOptions options, @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        return setStatus(options, ids, "suspended");
    }

    @Command(name = "enable", description = "Admits users again.", mixinStandardHelpOptions = true)
    int enable(@Mixin AdminOptions options, @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        return setStatus(options, ids, "active");
    }

    private int setStatus(AdminOptions options, List<String> ids, String status) {
        AdminCalls calls = calls(options);
        return calls.each(ids, spec().commandLine().getErr(), id -> {
            calls.call("PATCH", path(id), Map.of("status", status));
            return id + " is " + status;
        });
    }

    @Command(name = "revoke", description = "Ends all log-ins and sessions of users, who may log in again.",
            mixinStandardHelpOptions = true)
    int revoke(@Mixin AdminOptions options, @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        AdminCalls calls = calls(options);
        return calls.each(ids, spec().commandLine().getErr(), id -> {
            calls.call("POST", path(id) + "/revoke-tokens", null);
            return id + " is logged out";
        });
    }

    @Command(name = "delete", description = "Deletes users; their realms stay.", mixinStandardHelpOptions = true)
    int delete(@Mixin AdminOptions options, @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        AdminCalls calls = calls(options);
        return calls.each(ids, spec().commandLine().getErr(), id -> {
            calls.call("DELETE", path(id), null);
            return id + " is deleted";
        });
    }
}
