// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.admin;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that has only commands of its own. */
abstract class AdminCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    final CommandSpec spec() {
        return spec;
    }

    final AdminCalls calls(AdminOptions options) {
        return options.calls(spec.commandLine().getOut());
    }
}
