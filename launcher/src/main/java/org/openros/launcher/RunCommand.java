// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.openros.core.CoreServicesApplication;
import org.openros.gateway.GatewayApplication;
import org.openros.worker.SyncWorkerApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one application in this process until it is told to stop; {@code ros cluster} starts its processes so. */
@Command(name = "run", hidden = true)
final class RunCommand implements Callable<Integer> {
    /** The applications. */
    enum Kind {
        /** A sync worker. */
        WORKER,
        /** Core services. */
        CORE,
        /** A gateway. */
        GATEWAY;

        SpringApplicationBuilder builder() {
            return switch (this) {
                case WORKER -> SyncWorkerApplication.builder();
                case CORE -> CoreServicesApplication.builder();
                case GATEWAY -> GatewayApplication.builder();
            };
        }
    }

    @Parameters(paramLabel = "APPLICATION", description = "One of ${COMPLETION-CANDIDATES}.")
    private Kind kind = Kind.WORKER;

    @Option(names = "--settings", required = true, paramLabel = "FILE", description = "Its settings, as properties.")
    private Path settings = Path.of("");

    @Option(names = "--secret", required = true, paramLabel = "FILE",
            description = "The secret that the applications share.")
    private Path secret = Path.of("");

    @Override
    public Integer call() throws InterruptedException {
        Application application = new Application(kind.name().toLowerCase(Locale.ROOT), kind.builder(), read());
        Runtime.getRuntime().addShutdownHook(new Thread(application::stop, "ros-stop"));
        try {
            application.start();
        } catch (RuntimeException e) {
            throw StartFailure.of(e);
        }
        new CountDownLatch(1).await();
        return ExitStatus.OK.code();
    }

    private Settings read() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(settings)) {
            properties.load(reader);
            properties.setProperty("ros.internal.secret", Files.readString(secret).strip());
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.DATA, "cannot read the settings (" + e + ")", e);
        }
        Settings all = new Settings();
        for (String key : properties.stringPropertyNames()) {
            all = all.with(key, properties.getProperty(key));
        }
        return all;
    }
}
