// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    @Option(names = "--config", paramLabel = "DIR", description = "Settings of its own, as for ros start.")
    private @Nullable Path config;

    @Option(names = "--scheme", paramLabel = "FILE", description = "Gets what its HTTP interface speaks.")
    private @Nullable Path scheme;

    @Override
    public Integer call() throws InterruptedException {
        Properties given = read();
        SpringApplicationBuilder builder = kind.builder().properties(asMap(given, RunCommand::isDefault));
        if (config != null) {
            builder.properties(new ConfigFolder(config).properties());
        }
        Application application = new Application(kind.name().toLowerCase(Locale.ROOT), builder,
                Settings.of(asMap(given, key -> !isDefault(key))));
        Runtime.getRuntime().addShutdownHook(new Thread(application::stop, "ros-stop"));
        try {
            application.start();
            if (scheme != null) {
                Files.writeString(scheme, application.scheme());
            }
        } catch (IOException | RuntimeException e) {
            throw StartFailure.of(e);
        }
        new CountDownLatch(1).await();
        return ExitStatus.OK.code();
    }

    /** Where a file of settings may say something else: what is not part of how the processes find each other. */
    private static boolean isDefault(String key) {
        return key.startsWith("ros.backup.") || key.startsWith("ros.directory.");
    }

    private static Map<String, Object> asMap(Properties given, Predicate<String> wanted) {
        return given.stringPropertyNames().stream()
                .filter(wanted)
                .collect(Collectors.toMap(key -> key, given::getProperty));
    }

    private Properties read() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(settings)) {
            properties.load(reader);
            properties.setProperty("ros.internal.secret", Files.readString(secret).strip());
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.DATA, "cannot read the settings (" + e + ")", e);
        }
        return properties;
    }
}
