// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openros.domain.RealmPath;
import org.openros.storage.memory.InMemoryStorage;
import org.openros.worker.realm.LeadershipCheck;
import org.openros.worker.realm.RealmSettings;
import org.openros.worker.realm.Realms;
import org.openros.worker.realm.UnheardEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves two clients on a storage in memory, so that what only masters do is loaded and compiled before a node is
 * promoted: the group waits for the first acknowledgement of a new master.
 */
final class Rehearsal {
    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
    private static final RealmPath REALM = new RealmPath("/__rehearsal/one");
    private static final int CLIENTS = 2;
    private static final int CHANGES = 200;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Rehearsal() {}

    /** Does it in the background, with what the processors have to spare. */
    static void start() {
        Thread.ofPlatform().daemon().name("rehearsal").priority(Thread.MIN_PRIORITY).start(() -> {
            try {
                LOG.debug("rehearsed to the end: {}", perform());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warn("the rehearsal of a master failed; it changes nothing but how warm this node is", e);
            }
        });
    }

    /**
     * Does it.
     *
     * @return whether both clients came to their end
     */
    static boolean perform() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(
                CLIENTS, Thread.ofPlatform().daemon().priority(Thread.MIN_PRIORITY).name("rehearsal-", 0).factory());
        CountDownLatch ends = new CountDownLatch(CLIENTS);
        try (InMemoryStorage storage = new InMemoryStorage()) {
            Realms realms = new Realms(
                    storage, threads, RealmSettings.DEFAULT, new UnheardEvents(), LeadershipCheck.CERTAIN,
                    Clock.systemUTC());
            for (int i = 0; i < CLIENTS; i++) {
                new RehearsedLink(CHANGES, ends::countDown).open(realms, REALM, "rehearsal-" + i);
            }
            boolean ended = ends.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
            realms.close("the rehearsal is over");
            return ended;
        } finally {
            threads.shutdown();
        }
    }
}
