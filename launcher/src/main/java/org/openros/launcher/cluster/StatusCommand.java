// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.concurrent.Callable;
import org.openros.launcher.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Shows every process. */
@Command(name = "status",
        description = "Shows every process: pid, role, group, epoch, committed position, lag, memory, ports. Ends "
                    + "with 0 whatever the state is, as long as there is a cluster.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private FolderOption folder = new FolderOption();

    @Option(names = "--json", description = "For scripts: one JSON object, described in docs/operations/cluster.md.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public Integer call() {
        Cluster cluster = folder.cluster();
        cluster.state();
        ClusterStatus status = new Survey(cluster).take();
        spec.commandLine().getOut().println(json ? json(status) : StatusTable.of(status));
        return ExitStatus.OK.code();
    }

    static String json(ClusterStatus status) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(status);
    }
}
