// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.group.GroupAccess.Comparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Compares the state of all workers at one entry of the log. */
@Command(name = "verify",
        description = "Compares the state of all workers at one entry of the log, by its hash. Ends with 1 if they "
                + "differ, with 4 if they cannot be compared.",
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Mixin
    private GroupOptions options = new GroupOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Comparison found = options.access(spec.commandLine().getErr()).compare();
        PrintWriter out = spec.commandLine().getOut();
        if (options.json()) {
            out.println(json(found));
        } else {
            found.hashes().forEach((name, hash) -> out.println(name + " " + hash));
            out.println(found.equal()
                    ? "Equal at entry " + found.seq()
                    : "DIFFERENT at entry " + found.seq() + ": stop the worker that is alone with its hash, move its data "
                    + "folder away and start it again; keep the folder for whoever looks for the cause");
        }
        return (found.equal() ? ExitStatus.OK : ExitStatus.FAULT).code();
    }

    private static String json(Comparison found) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("equal", found.equal());
        all.put("seq", found.seq());
        all.put("nodes", found.hashes());
        return JsonMapper.shared().writeValueAsString(all);
    }
}
