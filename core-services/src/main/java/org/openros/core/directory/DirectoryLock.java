// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.LockService;
import org.openros.cluster.LockService.Operation;
import org.openros.cluster.LockService.Outcome;
import org.openros.cluster.LockService.Value;
import org.openros.cluster.LockServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which instance of core services makes the changes that people and back ends order: the one that holds a lock. The
 * lock only keeps instances out of each other's way; that a realm has one row is the matter of transactions, so an
 * instance that wrongly believes that it holds the lock does no harm.
 *
 * <p>Who waits for the lock looks after its holder, and ends the session of one that cannot be reached, because the
 * lock service alone would take far longer. One thread calls {@link #round}.
 */
final class DirectoryLock {
    /** What a holder that refuses connections, or answers badly, loses in one round. */
    static final int REFUSED = 2;

    /** What a holder that does not answer in time loses in one round. */
    static final int SILENT = 1;

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);
    private static final String KEY = "core/directory";
    private static final Duration TTL = Duration.ofSeconds(15);
    private static final Duration RENEWAL = Duration.ofSeconds(4);
    private static final int PATIENCE = 4;

    private final LockService locks;
    private final URI self;
    private final ToIntFunction<URI> probe;
    private @Nullable String session;
    private long renewed;
    private int lost;
    private volatile @Nullable URI active;

    /**
     * Creates the candidate.
     *
     * @param self where other instances reach this one
     * @param probe looks after an instance: 0 if it is well, else {@link #REFUSED} or {@link #SILENT}
     */
    DirectoryLock(LockService locks, URI self, ToIntFunction<URI> probe) {
        this.locks = locks;
        this.self = self;
        this.probe = probe;
    }

    /** The instance to forward to; null if that is this one, or if none is known. */
    @Nullable URI other() {
        URI known = active;
        return known == null || known.equals(self) ? null : known;
    }

    /** Whether this instance held the lock when it last looked. */
    boolean isActive() {
        return self.equals(active);
    }

    /** Looks at the lock, and takes it if it is free. To be called twice a second. */
    void round(long nanoTime) throws LockServiceException {
        String own = renew(nanoTime);
        Value lock = locks.get(KEY);
        if (lock == null || lock.session() == null) {
            take(own);
        } else if (lock.session().equals(own)) {
            become(self);
        } else {
            follow(URI.create(new String(lock.content(), StandardCharsets.UTF_8)), lock.session());
        }
    }

    private String renew(long nanoTime) throws LockServiceException {
        String own = session;
        if (own != null && nanoTime - renewed > RENEWAL.toNanos()) {
            own = locks.renewSession(own) ? own : null;
            renewed = nanoTime;
        }
        if (own == null) {
            own = locks.openSession("directory at " + self, TTL);
            renewed = nanoTime;
        }
        session = own;
        return own;
    }

    private void take(String own) throws LockServiceException {
        byte[] content = self.toString().getBytes(StandardCharsets.UTF_8);
        if (locks.transact(List.of(new Operation.Lock(KEY, content, own))) instanceof Outcome.Done) {
            become(self);
        }
    }

    private void follow(URI holder, String held) throws LockServiceException {
        become(holder);
        int damage = probe.applyAsInt(holder);
        lost = damage == 0 ? 0 : lost + damage;
        if (lost >= PATIENCE) {
            LOG.warn("the directory at {} cannot be reached: its lock is taken away", holder);
            lost = 0;
            locks.destroySession(held);
        }
    }

    private void become(URI holder) {
        if (!holder.equals(active)) {
            LOG.info("the directory is active {}", holder.equals(self) ? "here" : "at " + holder);
            active = holder;
            lost = 0;
        }
    }

    /** Gives the lock back. */
    void close() throws LockServiceException {
        active = null;
        if (session != null) {
            locks.destroySession(session);
            session = null;
        }
    }
}
