// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.EmbeddedLockService;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** One of the applications inside this process. Thread-safe. */
final class Application {
    /** Settings of which one names a certificate. */
    private static final List<String> TLS =
            List.of("server.ssl.bundle", "server.ssl.certificate", "server.ssl.key-store");

    private final String name;
    private final SpringApplicationBuilder builder;
    private final Map<String, Object> settings;
    private @Nullable ConfigurableApplicationContext context;

    Application(String name, SpringApplicationBuilder builder, Settings settings) {
        this.name = name;
        this.builder = builder;
        this.settings = settings.asMap();
    }

    String name() {
        return name;
    }

    /** Returns when the application is up. A stop that comes meanwhile waits and takes it down again. */
    synchronized void start(EmbeddedLockService locks) {
        builder.initializers(fresh -> fresh.getBeanFactory().registerSingleton("embeddedLockService", locks));
        start();
    }

    /**
     * As above, for an application that shares this process with no other and finds the lock service by its settings.
     */
    synchronized void start() {
        // The log is configured once for the process, and not by applications that start side by side.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        context = builder
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(fresh -> fresh.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("launcher", settings)))
                .run();
    }

    /** What its HTTP interface speaks, {@code http} or {@code https}. */
    synchronized String scheme() {
        return context != null
                && context.getEnvironment().getProperty("server.ssl.enabled", Boolean.class, true)
                && TLS.stream().anyMatch(context.getEnvironment()::containsProperty) ? "https" : "http";
    }

    synchronized void stop() {
        if (context != null) {
            context.close();
            context = null;
        }
    }
}
