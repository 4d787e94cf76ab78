// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.github.benmanes.caffeine.cache.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openros.cluster.EmbeddedLockService;
import org.openros.cluster.LockService;
import org.openros.core.admin.OpenApiConfiguration;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.core.metadata.MetadataStore;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import tools.jackson.databind.json.JsonMapper;

/** The running application on a free port, with its metadata in memory. */
public final class CoreServicesRunner implements AutoCloseable {
    static final String SECRET = "a secret of the tests, 32 bytes or more";

    private final ConfigurableApplicationContext context;
    private final InMemoryMetadataStore store;

    private CoreServicesRunner(ConfigurableApplicationContext context, InMemoryMetadataStore store) {
        this.context = context;
        this.store = store;
    }

    static CoreServicesRunner start(Path keys, String... settings) {
        return start(new InMemoryMetadataStore(), keys, settings);
    }

    /** A process that also makes the description of the administrators' interface. */
    static CoreServicesRunner startDescribing(Path keys, String... settings) {
        return start(
                List.of(OpenApiConfiguration.class),
                new InMemoryMetadataStore(),
                Clock.systemUTC(),
                new EmbeddedLockService(),
                keys,
                Stream.of(settings, OpenApiConfiguration.SETTINGS).flatMap(Stream::of).toArray(String[]::new));
    }

    /** One of several processes that share a store. */
    static CoreServicesRunner start(InMemoryMetadataStore store, Path keys, String... settings) {
        return start(store, Clock.systemUTC(), new EmbeddedLockService(), keys, settings);
    }

    /** A process whose clock can be set. */
    static CoreServicesRunner start(Clock clock, Path keys, String... settings) {
        return start(new InMemoryMetadataStore(), clock, new EmbeddedLockService(), keys, settings);
    }

    /** A second process of the same installation. */
    static CoreServicesRunner startBeside(CoreServicesRunner other, Path keys, String... settings) {
        return start(other.store, Clock.systemUTC(), other.bean(LockService.class), keys, settings);
    }

    /** A second process whose clock can be set. */
    static CoreServicesRunner startBeside(CoreServicesRunner other, Clock clock, Path keys, String... settings) {
        return start(other.store, clock, other.bean(LockService.class), keys, settings);
    }

    /** The token of an administrator that a process has put into a file. */
    static String adminToken(Path file) {
        try {
            return JsonMapper.shared().readTree(Files.readString(file)).path("ADMIN_TOKEN").stringValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CoreServicesRunner start(
            InMemoryMetadataStore store, Clock clock, LockService locks, Path keys, String... settings) {
        return start(List.of(), store, clock, locks, keys, settings);
    }

    private static CoreServicesRunner start(
            List<Class<?>> more,
            InMemoryMetadataStore store,
            Clock clock,
            LockService locks,
            Path keys,
            String... settings) {
        List<String> arguments = new ArrayList<>(List.of(settings));
        arguments.add("--server.address=127.0.0.1");
        arguments.add("--ros.internal.secret=" + SECRET);
        arguments.add("--ros.auth.signing-keys=" + keys);
        if (arguments.stream().noneMatch(argument -> argument.startsWith("--server.port="))) {
            arguments.add("--server.port=0");
        }
        return new CoreServicesRunner(
                CoreServicesApplication.builder()
                        .sources(more.toArray(Class<?>[]::new))
                        .initializers((GenericApplicationContext fresh) -> {
                            fresh.registerBean(MetadataStore.class, () -> store);
                            fresh.registerBean(Clock.class, () -> clock);
                            fresh.registerBean(Ticker.class, () -> ticker(clock));
                            fresh.getBeanFactory().registerSingleton("locks", locks);
                            fresh.registerBean(ReactorResourceFactory.class, CoreServicesRunner::quickToStop);
                        })
                        .run(arguments.toArray(String[]::new)),
                store);
    }

    /** Memories grow old with the clock. */
    private static Ticker ticker(Clock clock) {
        return () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    private static ReactorResourceFactory quickToStop() {
        ReactorResourceFactory resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setShutdownQuietPeriod(Duration.ZERO);
        return resources;
    }

    /** Starts by hand, for a stock client: the arguments are settings, {@code --server.port=9081} for one. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("core-services");
        CoreServicesRunner runner = start(folder.resolve("keys.json"), arguments);
        System.err.println("core services on " + runner.url() + ", metadata in memory, keys in " + folder);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    InMemoryMetadataStore store() {
        return store;
    }

    <T> Collection<T> beans(Class<T> type) {
        return context.getBeansOfType(type).values();
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
