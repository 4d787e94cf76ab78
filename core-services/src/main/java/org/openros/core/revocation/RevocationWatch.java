// SPDX-License-Identifier: Apache-2.0
package org.openros.core.revocation;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openros.core.account.Revocations;
import org.openros.core.account.Revocations.Revocation;
import org.openros.core.account.UserStates;
import org.openros.core.metadata.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes this process forget users as soon as another one has suspended, deleted or revoked them. Each event is heeded
 * for a while, not once, since a read that began before it may put the old state back.
 */
final class RevocationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Revocations revocations;
    private final UserStates states;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor timer;
    private boolean away;

    RevocationWatch(Revocations revocations, UserStates states, Clock clock) {
        this.revocations = revocations;
        this.states = states;
        this.clock = clock;
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("revocations").daemon().factory());
    }

    /** Begins to look. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the watch
    RevocationWatch start() {
        timer.scheduleWithFixedDelay(this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void look() {
        try {
            revocations.since(clock.instant()).stream().map(Revocation::userId).forEach(states::forget);
            away = false;
        } catch (StoreUnavailableException e) {
            LOG.debug("no news of revocations: {}", e.getMessage());
        } catch (RuntimeException e) {
            if (!away) {
                LOG.error("no news of revocations", e);
            }
            away = true;
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
