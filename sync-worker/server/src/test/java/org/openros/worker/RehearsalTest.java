// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openros.domain.RealmPath;
import org.openros.protocol.SyncError;
import org.openros.storage.memory.InMemoryStorage;
import org.openros.worker.realm.LeadershipCheck;
import org.openros.worker.realm.RealmEvents;
import org.openros.worker.realm.RealmSettings;
import org.openros.worker.realm.Realms;

import static org.assertj.core.api.Assertions.assertThat;

final class RehearsalTest {
    private static final RealmPath REALM = new RealmPath("/__rehearsal/one");

    @Test
    void rehearsalComesToItsEndAndLeavesNothingBehind() throws Exception {
        Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
        assertThat(Rehearsal.perform()).isTrue();
        Awaitility.await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> !before.contains(thread))
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("storage-") || name.startsWith("rehearsal-")));
    }

    @Test
    void everyChangeOfAClientIsIntegrated() throws Exception {
        Counting events = new Counting();
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (InMemoryStorage storage = new InMemoryStorage()) {
            Realms realms = new Realms(storage, threads, RealmSettings.DEFAULT, events, LeadershipCheck.CERTAIN,
                    Clock.systemUTC());
            new RehearsedLink(5, end::countDown).open(realms, REALM, "one");
            assertThat(end.await(Duration.ofSeconds(20).toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(events.entries).isEqualTo(5);
            assertThat(events.refusals).isEmpty();
            realms.close("done");
        } finally {
            threads.shutdownNow();
        }
    }

    private static final class Counting implements RealmEvents {
        volatile int entries;
        final List<SyncError> refusals = new CopyOnWriteArrayList<>();

        @Override
        public synchronized void integrated(int count, long bytes) {
            entries = entries + count;
        }

        @Override
        public void refused(RealmPath realm, SyncError error, String message) {
            refusals.add(error);
        }

        @Override
        public void clientFailed(RealmPath realm, int code, String message) {}

        @Override
        public void commitFailed(RealmPath realm, Throwable failure) {}

        @Override
        public void failed(RealmPath realm, Throwable failure) {}
    }
}
