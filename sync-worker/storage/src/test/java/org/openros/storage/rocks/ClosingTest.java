// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.storage.RealmStore;
import org.openros.storage.Realms;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.WriteSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.storage.Realms.NOTES;
import static org.openros.storage.Realms.putState;

/** A native object that is used after its end takes the process along, so these tests fail by their fork's crash. */
final class ClosingTest {
    @TempDir
    private Path folder;

    @Test
    void readersAndWritersThatRaceWithTheEndHearOfIt() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            RocksStorage storage = RocksStorage.open(folder, SmallStores.OPTIONS);
            AtomicInteger ended = new AtomicInteger();
            AtomicInteger reads = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().start(() -> useUntilClosed(storage, reads, ended)));
            }
            while (reads.get() < 2000) {
                Thread.onSpinWait();
            }

            storage.close();

            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(ended.get()).isEqualTo(4);
        }
    }

    private static void useUntilClosed(RocksStorage storage, AtomicInteger reads, AtomicInteger ended) {
        try {
            // A thread that begins late finds the storage closed here.
            RealmStore realm = storage.realm(NOTES);
            while (true) {
                storage.commit(new WriteSet(NOTES, List.of(putState("k", "v"))), failure -> {});
                Realms.states(realm, "", "");
                realm.head();
                reads.incrementAndGet();
            }
        } catch (StorageException e) {
            ended.addAndGet(e.reason() == Reason.CLOSED ? 1 : 0);
        }
    }
}
