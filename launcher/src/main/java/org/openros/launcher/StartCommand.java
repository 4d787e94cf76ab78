// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.openros.domain.AppId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves until it is told to stop. */
@Command(name = "start",
        description = {
            "Starts the server in the foreground, everything in one process.",
            "Prints the URL when it is ready; the log goes to standard error."},
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class StartCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", defaultValue = "9080",
            description = "Public port, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--host", paramLabel = "HOST", defaultValue = "0.0.0.0",
            description = "Address to listen on (default: ${DEFAULT-VALUE}, all).")
    private String host = "";

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "./data",
            description = "Folder for everything the server keeps (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(names = "--app", paramLabel = "ID",
            description = "An app id that clients may use; repeat it for more. Without it any is accepted.")
    private List<String> apps = List.of();

    @Option(names = "--config", paramLabel = "DIR",
            description = "Folder with settings in files gateway.yaml, core-services.yaml, sync-worker.yaml; they go "
                    + "over those in the folder where it is started.")
    private @Nullable Path config;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ServerSettings settings = new ServerSettings(host, checkedPort(), data, checkedApps(),
                config == null ? null : ConfigFolder.of(config));
        Server server = new Server(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "ros-stop"));
        server.start();
        spec.commandLine().getOut().println("OpenROS is ready at " + server.url());
        new CountDownLatch(1).await();
        return ExitStatus.OK.code();
    }

    private int checkedPort() {
        if (port < 0 || port > 65_535) {
            throw new ParameterException(spec.commandLine(), "--port has to be between 0 and 65535, not " + port);
        }
        return port;
    }

    private List<AppId> checkedApps() {
        try {
            return apps.stream().map(AppId::new).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--app: " + e.getMessage(), e);
        }
    }
}
