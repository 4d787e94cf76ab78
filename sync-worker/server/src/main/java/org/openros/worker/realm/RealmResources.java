// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.openros.storage.Storage;

/** What all realms of a worker share. */
final class RealmResources {
    /** 2015-01-01T00:00:00Z in milliseconds since 1970: timestamps of changesets count from here. */
    static final long TIMESTAMP_ORIGIN = 1_420_070_400_000L;

    private static final long CHUNK_CACHE_BYTES = Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 16);

    /** How far a reign is on its way to its end. */
    private enum Phase {
        SERVING,
        DRAINING,
        OVER
    }

    private final Storage storage;
    private final Executor threads;
    private final RealmSettings settings;
    private final WorkMemory memory;
    private final RealmEvents events;
    private final LeadershipCheck leadership;
    private final Clock clock;
    private final DownloadChunks chunks = new DownloadChunks(CHUNK_CACHE_BYTES);
    private final SecureRandom random = new SecureRandom();
    private final Consumer<Realm> onWarm;
    private final Consumer<Realm> onCool;
    private final Consumer<Realm> onRelease;
    private volatile Phase phase = Phase.SERVING;

    RealmResources(
            Storage storage,
            Executor threads,
            RealmSettings settings,
            WorkMemory memory,
            RealmEvents events,
            LeadershipCheck leadership,
            Clock clock,
            Consumer<Realm> onWarm,
            Consumer<Realm> onCool,
            Consumer<Realm> onRelease) {
        this.storage = storage;
        this.threads = threads;
        this.settings = settings;
        this.memory = memory;
        this.events = events;
        this.leadership = leadership;
        this.clock = clock;
        this.onWarm = onWarm;
        this.onCool = onCool;
        this.onRelease = onRelease;
    }

    Storage storage() {
        return storage;
    }

    Executor threads() {
        return threads;
    }

    RealmSettings settings() {
        return settings;
    }

    /** What all realms of the process may take for work. */
    WorkMemory memory() {
        return memory;
    }

    RealmEvents events() {
        return events;
    }

    LeadershipCheck leadership() {
        return leadership;
    }

    /** Takes no more uploads. */
    void drain() {
        phase = phase == Phase.OVER ? Phase.OVER : Phase.DRAINING;
    }

    /** Acknowledges and sends nothing more. */
    void end() {
        phase = Phase.OVER;
    }

    /** Whether uploads are refused, because another worker is to take them. */
    boolean isDraining() {
        return phase != Phase.SERVING;
    }

    /** Whether the reign has ended. */
    boolean isOver() {
        return phase == Phase.OVER;
    }

    DownloadChunks chunks() {
        return chunks;
    }

    /** A secret number in [1, 2^63 - 1). */
    long nextSalt() {
        return random.nextLong(1, Long.MAX_VALUE);
    }

    /** The present time as changesets carry it. */
    long timestamp() {
        return Math.max(0, clock.millis() - TIMESTAMP_ORIGIN);
    }

    /** A realm has loaded its state. */
    void warm(Realm realm) {
        onWarm.accept(realm);
    }

    /** A realm has given back its state. */
    void cool(Realm realm) {
        onCool.accept(realm);
    }

    /** A session or request no longer uses a realm. */
    void release(Realm realm) {
        onRelease.accept(realm);
    }
}
