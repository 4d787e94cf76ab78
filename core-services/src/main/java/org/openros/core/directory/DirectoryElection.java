// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.LockService;
import org.openros.cluster.LockServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/**
 * Takes part in the choice of the active directory once the process can be reached. Without a lock service it is alone.
 */
public final class DirectoryElection implements ApplicationListener<WebServerInitializedEvent> {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryElection.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration PROBE_TIMEOUT = Duration.ofMillis(700);

    private final @Nullable LockService locks;
    private final String host;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PROBE_TIMEOUT)
            .build();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("directory-lock").factory());
    private volatile @Nullable DirectoryLock lock;
    private boolean failing;

    /**
     * Creates the participant.
     *
     * @param locks null: this instance is the only one
     * @param host by which others reach this one; empty or a wildcard: the name of the machine's address
     */
    DirectoryElection(@Nullable LockService locks, String host) {
        this.locks = locks;
        this.host = host;
    }

    /** The active instance if that is another one; null if changes are to be made here. */
    public @Nullable URI other() {
        DirectoryLock known = lock;
        return known == null ? null : known.other();
    }

    /** Whether this instance is the active one. */
    public boolean isActive() {
        DirectoryLock known = lock;
        return locks == null || (known != null && known.isActive());
    }

    // The future tells nothing: the task ends with the executor only.
    @SuppressWarnings("FutureReturnValueIgnored")
    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if (locks != null && lock == null) {
            URI self = URI.create("http://" + address() + ":" + event.getWebServer().getPort());
            lock = new DirectoryLock(locks, self, this::probe);
            thread.scheduleWithFixedDelay(this::round, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private String address() {
        boolean everywhere = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
        try {
            return everywhere ? InetAddress.getLocalHost().getHostAddress() : host;
        } catch (UnknownHostException e) {
            return "127.0.0.1";
        }
    }

    private void round() {
        DirectoryLock known = lock;
        try {
            if (known != null) {
                known.round(System.nanoTime());
                failing = false;
            }
        } catch (LockServiceException | RuntimeException e) {
            if (!failing) {
                LOG.warn("the lock of the directory cannot be looked after now", e);
                failing = true;
            }
        }
    }

    private int probe(URI instance) {
        HttpRequest question = HttpRequest.newBuilder(instance.resolve("/livez")).timeout(PROBE_TIMEOUT).build();
        try {
            return http.send(question, HttpResponse.BodyHandlers.discarding()).statusCode() == 200
                    ? 0
                    : DirectoryLock.REFUSED;
        } catch (HttpTimeoutException e) {
            return DirectoryLock.SILENT;
        } catch (IOException e) {
            return DirectoryLock.REFUSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** Gives the lock back first of all, so that another instance goes on. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        thread.shutdownNow();
        DirectoryLock known = lock;
        try {
            if (known != null && thread.awaitTermination(2, TimeUnit.SECONDS)) {
                known.close();
            }
        } catch (LockServiceException e) {
            LOG.debug("the lock of the directory ends by itself", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
