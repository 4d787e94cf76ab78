// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.openros.cluster.EmbeddedLockService;
import org.openros.core.CoreServicesApplication;
import org.openros.gateway.GatewayApplication;
import org.openros.worker.SyncWorkerApplication;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The three applications in one process. They talk as they do on separate machines, over HTTP on the loopback
 * interface, except that session streams stay inside the process and that one object is lock service and group view for
 * all.
 */
final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final EmbeddedLockService locks;
    private final ListenAddress address;
    /** In the order in which they stop: first the one that clients see. */
    private final List<Application> applications;

    /**
     * Looks at address and folder, starts nothing.
     *
     * @throws StartFailure if one of them cannot be used
     */
    Server(ServerSettings settings) {
        address = ListenAddress.of(settings.host(), settings.port());
        DataFolder data = DataFolder.open(settings.data());
        locks = data.openLocks();
        applications = describe(settings, data, ListenAddress.internal());
    }

    private List<Application> describe(ServerSettings settings, DataFolder data, ListenAddress core) {
        Settings shared = new Settings()
                .with("ros.internal.secret", data.keys().internalSecret())
                .with("spring.jmx.enabled", false);
        Settings common = settings.apps().isEmpty() ? shared : shared.with("ros.apps", settings.appList());
        Map<String, Object> config =
                settings.config() == null ? Map.of() : settings.config().properties();
        return List.of(
                new Application("gateway", GatewayApplication.builder().properties(config), common
                        .with("server.address", address.host().getHostAddress())
                        .with("server.port", address.port())
                        .with("ros.core-services.urls", core.url())),
                // Defaults only: backups belong on another disk, and with TLS the gateway has to be called by its name.
                new Application("core services", CoreServicesApplication.builder()
                        .properties(config)
                        .properties(Map.of(
                                "ros.backup.folder", data.backups().toString(),
                                "ros.gateways.urls", address.url())), common
                        .with("server.address", core.host().getHostAddress())
                        .with("server.port", core.port())
                        .with("ros.auth.signing-keys", data.keys().signingKeys())
                        .with("ros.auth.admin-token-file", data.keys().adminToken())),
                new Application("sync worker", SyncWorkerApplication.builder().properties(config), common
                        .with("server.address", core.host().getHostAddress())
                        .with("server.port", 0)
                        .with("ros.worker.data", data.worker())
                        .with("ros.worker.link.listen", "inprocess:session-link")
                        .with("ros.core-services.urls", core.url())));
    }

    /**
     * Starts all three at the same time and returns when all are up.
     *
     * @throws StartFailure if one does not start; the others are stopped then
     */
    void start() {
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (Application application : applications) {
            CompletableFuture<Void> start = new CompletableFuture<>();
            starts.add(start);
            Thread.ofPlatform().name("start " + application.name()).start(() -> {
                try {
                    application.start(locks);
                    start.complete(null);
                } catch (RuntimeException | Error e) {
                    start.completeExceptionally(e);
                }
            });
        }
        try {
            CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            stop();
            throw StartFailure.of(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Stops what runs. Idempotent. */
    void stop() {
        for (Application application : applications) {
            try {
                application.stop();
            } catch (RuntimeException e) {
                LOG.error("The {} did not stop cleanly", application.name(), e);
            }
        }
        locks.close();
    }

    /** Where clients of this machine reach the server once it has started. */
    String url() {
        return address.url().replaceFirst("^http", applications.getFirst().scheme());
    }
}
