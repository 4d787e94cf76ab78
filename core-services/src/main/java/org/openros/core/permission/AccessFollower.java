// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Reads the list of access changes twice a second while the application runs. */
final class AccessFollower implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(AccessFollower.class);
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final AccessFeed feed;
    private final AccessChanges changes;
    private final MetadataStore store;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("access-changes").factory());
    private volatile boolean running;

    AccessFollower(AccessFeed feed, AccessChanges changes, MetadataStore store) {
        this.feed = feed;
        this.changes = changes;
        this.store = store;
    }

    // The future tells nothing: the task ends with the executor only.
    @SuppressWarnings("FutureReturnValueIgnored")
    @Override
    public void start() {
        running = true;
        thread.scheduleWithFixedDelay(this::follow, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void follow() {
        try {
            if (store.isReachable()) {
                changes.refresh(feed);
            }
        } catch (StoreUnavailableException e) {
            LOG.debug("access changes cannot be read now: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("access changes cannot be read", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
