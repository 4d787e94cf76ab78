// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which process a command is about. */
final class TargetArguments {
    @Parameters(paramLabel = "NAME", arity = "0..1",
            description = "Name of a process as ros cluster status shows it, or who has the role now: master, backup, "
                    + "spare, consul-leader.")
    private @Nullable String name;

    @Option(names = "--group", paramLabel = "GROUP",
            description = "The group whose master, backup or spare is meant (default: default).")
    private @Nullable String group;

    /** Null if no name was given. */
    @Nullable Target target() {
        return name == null ? null : new Target(name, group);
    }
}
