// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.domain.FileIdent;
import org.openros.domain.RealmPath;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.commit.CommitLimits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.openros.storage.Realms.CLIENT;
import static org.openros.storage.Realms.NOTES;
import static org.openros.storage.Realms.bytes;
import static org.openros.storage.Realms.commit;
import static org.openros.storage.Realms.entry;
import static org.openros.storage.Realms.putState;
import static org.openros.storage.Realms.realm;
import static org.openros.storage.Realms.states;
import static org.openros.storage.Realms.version;
import static org.openros.storage.Realms.versions;

/** What every storage does. */
public abstract class StorageContract {
    private static final CommitLimits LIMITS = new CommitLimits(64, 1 << 20, 16, 64 << 10);

    private Storage storage;

    /** An empty storage. */
    protected abstract Storage open(CommitLimits limits);

    /** Takes away or gives back the room on its disk. */
    protected abstract void setFull(Storage storage, boolean full);

    @BeforeEach
    void openStorage() {
        storage = open(LIMITS);
    }

    @AfterEach
    void closeStorage() {
        storage.close();
    }

    @Test
    void realmThatWasNeverWrittenIsEmpty() {
        RealmStore realm = storage.realm(NOTES);

        assertThat(realm.head()).isEqualTo(RealmHead.EMPTY);
        assertThat(realm.entry(1)).isNull();
        assertThat(versions(realm, 0, Long.MAX_VALUE)).isEmpty();
        assertThat(realm.clientFile(CLIENT)).isNull();
        assertThat(realm.reciprocals(CLIENT, 0)).isEmpty();
        assertThat(realm.state(bytes("a"))).isNull();
        assertThat(states(realm, "", "")).isEmpty();
        assertThat(storage.realms("", null, 10)).isEmpty();
    }

    @Test
    void reportedCommitIsVisibleAsAWhole() {
        ClientFile file = new ClientFile(new FileIdent(7), 99, 3, 2, 1, true);

        commit(storage, NOTES, new Write.PutEntry(entry(1, 10)), new Write.PutClientFile(file), putState("k", "v"));

        RealmStore realm = storage.realm(NOTES);
        assertThat(realm.head()).isEqualTo(new RealmHead(1, 31, 10, 7));
        assertThat(realm.entry(1)).usingRecursiveComparison().isEqualTo(entry(1, 10));
        assertThat(realm.clientFile(file.ident())).isEqualTo(file);
        assertThat(realm.state(bytes("k"))).isEqualTo(bytes("v"));
    }

    @Test
    void clientFileIsAsTheLastOfManyCommitsLeavesIt() {
        for (int version = 1; version <= 200; version++) {
            Write put = new Write.PutClientFile(new ClientFile(CLIENT, 99, version, 0, 0, false));
            storage.commit(new WriteSet(version % 2 == 0 ? NOTES : Realms.realm(1), List.of(put)), failure -> {});
        }
        commit(storage, NOTES, putState("k", "v"));

        assertThat(storage.realm(NOTES).clientFile(CLIENT)).extracting(ClientFile::clientVersion).isEqualTo(200L);
        assertThat(storage.realm(Realms.realm(1)).clientFile(CLIENT)).extracting(ClientFile::clientVersion)
                .isEqualTo(199L);
    }

    @Test
    void handleTakenBeforeTheFirstCommitSeesIt() {
        RealmStore realm = storage.realm(NOTES);

        commit(storage, NOTES, putState("k", "v"));

        assertThat(states(realm, "", "")).containsExactly("k=v");
    }

    @Test
    void entriesAreWalkedInOrderWithinBoundsUntilTheVisitorStops() {
        for (int version = 1; version <= 300; version++) {
            storage.commit(version(NOTES, version), failure -> {});
        }
        commit(storage, NOTES, new Write.PutEntry(entry(301, 0)));
        RealmStore realm = storage.realm(NOTES);
        List<Long> firstTwo = new ArrayList<>();
        realm.entries(255, 301, entry -> {
            firstTwo.add(entry.serverVersion());
            return firstTwo.size() < 2;
        });

        assertThat(versions(realm, 253, 258)).containsExactly(254L, 255L, 256L, 257L, 258L);
        assertThat(versions(realm, 299, Long.MAX_VALUE)).containsExactly(300L, 301L);
        assertThat(versions(realm, 5, 5)).isEmpty();
        assertThat(versions(realm, 9, 5)).isEmpty();
        assertThat(firstTwo).containsExactly(256L, 257L);
        assertThat(realm.entry(301)).extracting(HistoryEntry::changeset).isEqualTo(new byte[0]);
    }

    @Test
    void realmsDoNotSeeEachOther() {
        commit(storage, realm(1), new Write.PutEntry(entry(1, 1)), putState("k", "1"));
        commit(storage, realm(2), putState("k", "2"), new Write.PutReciprocal(CLIENT, 1, bytes("r")));
        commit(storage, realm(3), new Write.DeleteStatePrefix(new byte[0]), new Write.TrimReciprocal(CLIENT, 9));

        assertThat(states(storage.realm(realm(1)), "", "")).containsExactly("k=1");
        assertThat(states(storage.realm(realm(2)), "", "")).containsExactly("k=2");
        assertThat(storage.realm(realm(2)).reciprocals(CLIENT, 0)).containsOnlyKeys(1L);
        assertThat(storage.realm(realm(2)).entry(1)).isNull();
    }

    @Test
    void reciprocalsAreKeptPerClientUntilTrimmed() {
        FileIdent other = new FileIdent(3);
        commit(storage, NOTES,
                new Write.PutReciprocal(CLIENT, 1, bytes("a")),
                new Write.PutReciprocal(CLIENT, 200, bytes("b")),
                new Write.PutReciprocal(CLIENT, 300, new byte[0]),
                new Write.PutReciprocal(other, 1, bytes("c")));
        commit(storage, NOTES, new Write.PutReciprocal(CLIENT, 200, bytes("d")), new Write.TrimReciprocal(CLIENT, 199));

        RealmStore realm = storage.realm(NOTES);
        assertThat(realm.reciprocals(CLIENT, 0)).containsOnlyKeys(200L, 300L).containsEntry(200L, bytes("d"));
        assertThat(realm.reciprocals(CLIENT, 200)).containsOnlyKeys(300L);
        assertThat(realm.reciprocals(other, 0)).containsOnlyKeys(1L);
    }

    @Test
    void writesOfOneSetTakeEffectInTheirOrder() {
        commit(storage, NOTES, putState("a1", "old"), putState("b", "old"));

        commit(storage, NOTES,
                putState("a2", "gone"),
                new Write.PutReciprocal(CLIENT, 5, bytes("gone")),
                new Write.DeleteStatePrefix(bytes("a")),
                new Write.TrimReciprocal(CLIENT, 5),
                putState("a3", "new"),
                new Write.PutReciprocal(CLIENT, 4, bytes("new")),
                new Write.DeleteState(bytes("b")),
                putState("b", "new"),
                putState("c", "gone"),
                new Write.DeleteState(bytes("c")));

        assertThat(states(storage.realm(NOTES), "", "")).containsExactly("a3=new", "b=new");
        assertThat(storage.realm(NOTES).reciprocals(CLIENT, 0)).containsOnlyKeys(4L);
    }

    @Test
    void prefixOfManyPiecesIsRemovedCompletely() {
        for (int i = 0; i < 1000; i++) {
            String key = "p" + i;
            storage.commit(new WriteSet(NOTES, List.of(putState(key, "v"))), failure -> {});
        }
        commit(storage, NOTES, putState("o", "stays"), putState("q", "stays"));

        commit(storage, NOTES, new Write.DeleteStatePrefix(bytes("p")), putState("p5", "again"));

        assertThat(states(storage.realm(NOTES), "", "")).containsExactly("o=stays", "p5=again", "q=stays");
    }

    @Test
    void statesAreWalkedInTheOrderOfUnsignedBytesByPrefixAndPage() {
        byte[] last = {(byte) 0xFF, (byte) 0xFF};
        commit(storage, NOTES, new Write.PutState(last, bytes("z")), putState("b", "3"), putState("a1", "2"),
                putState("a", "1"), putState("é", "4"), new Write.PutState(new byte[0], bytes("0")));
        RealmStore realm = storage.realm(NOTES);
        List<byte[]> underLast = new ArrayList<>();
        realm.states(new byte[] {(byte) 0xFF}, new byte[0], (key, value) -> underLast.add(key));

        assertThat(states(realm, "", "")).startsWith("=0", "a=1", "a1=2", "b=3", "é=4").hasSize(6);
        assertThat(states(realm, "a", "")).containsExactly("a=1", "a1=2");
        assertThat(states(realm, "a", "a")).containsExactly("a1=2");
        assertThat(states(realm, "a", "a0")).containsExactly("a1=2");
        assertThat(states(realm, "b", "a")).containsExactly("b=3");
        assertThat(states(realm, "a", "b")).isEmpty();
        assertThat(underLast).containsExactly(last);
    }

    @Test
    void realmsAreListedByPrefixAndPage() {
        for (String path : List.of("/app/b", "/app/a", "/app/a/x", "/apq/c")) {
            commit(storage, new RealmPath(path), putState("k", "v"));
        }

        assertThat(storage.realms("", null, 9)).map(RealmPath::value)
                .containsExactly("/app/a", "/app/a/x", "/app/b", "/apq/c");
        assertThat(storage.realms("/app/", null, 2)).map(RealmPath::value).containsExactly("/app/a", "/app/a/x");
        assertThat(storage.realms("/app/", new RealmPath("/app/a/x"), 9)).map(RealmPath::value)
                .containsExactly("/app/b");
        assertThat(storage.realms("/app/b", new RealmPath("/app/a"), 9)).map(RealmPath::value)
                .containsExactly("/app/b");
        assertThat(storage.realms("/nobody", null, 9)).isEmpty();
    }

    @Test
    void listenersHearInCommitOrder() {
        Outcomes outcomes = new Outcomes();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            storage.commit(version(realm(i % 7), (i + 6) / 7), outcomes.listener("#" + i));
            expected.add("#" + i + " done");
        }

        await().untilAsserted(() -> assertThat(outcomes.heard()).isEqualTo(expected));
    }

    @Test
    void versionThatDoesNotFollowTheHeadIsRejectedAndTakesLaterCommitsOfItsRealmAlong() {
        commit(storage, NOTES, new Write.PutEntry(entry(1, 1)));
        Outcomes outcomes = new Outcomes();
        CountDownLatch go = new CountDownLatch(1);
        storage.commit(new WriteSet(realm(1), List.of()), failure -> awaitQuietly(go));

        storage.commit(version(NOTES, 2), outcomes.listener("good"));
        storage.commit(version(NOTES, 4), outcomes.listener("gap"));
        storage.commit(new WriteSet(NOTES, List.of(putState("k", "v"))), outcomes.listener("behind"));
        storage.commit(version(realm(2), 1), outcomes.listener("other realm"));
        go.countDown();

        await().untilAsserted(() -> assertThat(outcomes.heard())
                .containsExactly("good done", "gap REJECTED", "behind REJECTED", "other realm done"));
        assertThat(storage.realm(NOTES).head().serverVersion()).isEqualTo(2);
        assertThat(storage.realm(NOTES).state(bytes("k"))).isNull();
        commitOnceTheFailureIsReported(NOTES, new Write.PutEntry(entry(3, 1)));
    }

    @Test
    void commitMadeWhileTheListenerHearsOfAFailureFailsToo() {
        Outcomes outcomes = new Outcomes();

        storage.commit(version(NOTES, 9), failure ->
                storage.commit(new WriteSet(NOTES, List.of(putState("k", "v"))), outcomes.listener("second")));

        await().untilAsserted(() -> assertThat(outcomes.heard()).containsExactly("second REJECTED"));
    }

    @Test
    void fullDiskFailsCommitsAndKeepsReadersGoingUntilThereIsRoom() {
        commit(storage, NOTES, putState("k", "v"));
        setFull(storage, true);

        assertThatThrownBy(() -> commit(storage, NOTES, putState("k", "w")))
                .asInstanceOf(InstanceOfAssertFactories.type(StorageException.class))
                .extracting(StorageException::reason)
                .isEqualTo(Reason.DISK_FULL);
        assertThat(states(storage.realm(NOTES), "", "")).containsExactly("k=v");

        setFull(storage, false);
        commitOnceTheFailureIsReported(NOTES, putState("k", "x"));
        assertThat(states(storage.realm(NOTES), "", "")).containsExactly("k=x");
    }

    @Test
    void commitWaitsWhileTheQueueIsFullAndNoneIsLost() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger submitted = new AtomicInteger();
        Outcomes outcomes = new Outcomes();
        storage.commit(new WriteSet(realm(1), List.of()), failure -> awaitQuietly(go));
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 1; i <= 200; i++) {
                storage.commit(version(NOTES, i), outcomes.listener("#" + i));
                submitted.incrementAndGet();
            }
        });

        await().until(() -> writer.getState() == Thread.State.WAITING);
        assertThat(submitted.get()).isEqualTo(LIMITS.pendingCount() - 1);
        assertThat(outcomes.heard()).isEmpty();
        go.countDown();
        writer.join();
        await().untilAsserted(() -> assertThat(outcomes.heard()).hasSize(200).allMatch(line -> line.endsWith("done")));
    }

    @Test
    void commitLargerThanAllLimitsPassesAlone() {
        commit(storage, NOTES, new Write.PutState(bytes("big"), new byte[3 << 20]));

        assertThat(storage.realm(NOTES).state(bytes("big"))).hasSize(3 << 20);
    }

    @Test
    void listenerMayCommitEvenIfTheQueueIsFull() {
        Outcomes outcomes = new Outcomes();
        for (int i = 1; i <= LIMITS.pendingCount(); i++) {
            int number = i;
            storage.commit(version(NOTES, i), failure ->
                    storage.commit(new WriteSet(realm(1), List.of()), outcomes.listener("#" + number)));
        }

        await().untilAsserted(() -> assertThat(outcomes.heard()).hasSize(LIMITS.pendingCount()));
    }

    @Test
    void listenerThatThrowsDoesNotHarmOthers() {
        storage.commit(version(NOTES, 1), failure -> {
            throw new IllegalStateException("thrown by a test listener");
        });

        commit(storage, NOTES, new Write.PutEntry(entry(2, 1)));

        assertThat(storage.realm(NOTES).head().serverVersion()).isEqualTo(2);
    }

    @Test
    void closeCarriesOutWhatWasSubmittedAndRefusesTheRest() {
        Outcomes outcomes = new Outcomes();
        for (int i = 1; i <= 50; i++) {
            storage.commit(version(NOTES, i), outcomes.listener("#" + i));
        }
        RealmStore realm = storage.realm(NOTES);

        storage.close();
        storage.close();

        assertThat(outcomes.heard()).hasSize(50).allMatch(line -> line.endsWith("done"));
        assertThatThrownBy(() -> storage.commit(version(NOTES, 51), outcomes.listener("late")))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(realm::head).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> storage.realm(NOTES)).isInstanceOf(StorageException.class);
        assertThat(outcomes.heard()).hasSize(50);
    }

    private void fill(RealmPath realm, int states) {
        List<Write> writes = new ArrayList<>();
        writes.add(new Write.PutEntry(entry(1, 100)));
        writes.add(new Write.PutClientFile(new ClientFile(CLIENT, 9, 3, 2, 1, false)));
        writes.add(new Write.PutReciprocal(CLIENT, 1, bytes("form")));
        for (int i = 0; i < states; i++) {
            writes.add(putState("key" + i, "value" + i));
        }
        commit(storage, realm, writes.toArray(Write[]::new));
    }

    private void assertEmpty(RealmPath path) {
        RealmStore realm = storage.realm(path);
        assertThat(realm.head()).isEqualTo(RealmHead.EMPTY);
        assertThat(realm.size()).isEqualTo(new RealmSize(0, 0, 0));
        assertThat(realm.page(new byte[0], 1000).writes()).isEmpty();
        assertThat(realm.clientFile(CLIENT)).isNull();
        assertThat(realm.reciprocals(CLIENT, 0)).isEmpty();
        assertThat(storage.realms("", null, 10)).doesNotContain(path);
    }

    @Test
    void erasedRealmIsGoneWhateverItsSizeAndOthersAreNot() {
        fill(realm(1), 3);
        fill(realm(2), 500);
        fill(realm(3), 500);

        commit(storage, realm(1), new Write.EraseRealm());
        commit(storage, realm(2), new Write.EraseRealm());
        commit(storage, NOTES, new Write.EraseRealm());

        assertEmpty(realm(1));
        assertEmpty(realm(2));
        assertEmpty(NOTES);
        assertThat(states(storage.realm(realm(3)), "", "")).hasSize(500);
        assertThat(storage.realms("", null, 10)).containsExactly(realm(3));
    }

    @Test
    void erasedRealmStartsAnewWithNothingOfTheOldOne() {
        fill(NOTES, 200);

        commit(storage, NOTES, new Write.EraseRealm(), new Write.PutEntry(entry(1, 5)), putState("key7", "new"));

        RealmStore realm = storage.realm(NOTES);
        assertThat(realm.head()).isEqualTo(new RealmHead(1, 31, 5, 1));
        assertThat(states(realm, "", "")).containsExactly("key7=new");
        assertThat(realm.clientFile(CLIENT)).isNull();
        assertThat(storage.realms("", null, 10)).containsExactly(NOTES);
    }

    @Test
    void realmThatIsWrittenAndErasedInOneGoIsGone() {
        Outcomes outcomes = new Outcomes();
        for (int round = 0; round < 20; round++) {
            storage.commit(version(NOTES, 1), outcomes.listener("#"));
            storage.commit(new WriteSet(NOTES, List.of(putState("k" + round, "v"))), outcomes.listener("#"));
            storage.commit(new WriteSet(NOTES, List.of(new Write.EraseRealm())), outcomes.listener("#"));
        }
        await().until(() -> outcomes.heard().size() == 60);
        assertThat(outcomes.heard()).allMatch(line -> line.endsWith("done"));
        assertEmpty(NOTES);
    }

    @Test
    void pagesOfARealmMakeItAgain() {
        fill(NOTES, 100);
        commit(storage, NOTES, new Write.PutEntry(entry(2, 100)));
        byte[] place = new byte[0];
        int pages = 0;
        while (place != null) {
            RealmPage page = storage.realm(NOTES).page(place, 200);
            commit(storage, realm(1), page.writes().toArray(Write[]::new));
            place = page.next();
            pages++;
        }

        assertThat(pages).isLessThan(200);
        RealmStore copy = storage.realm(realm(1));
        RealmStore original = storage.realm(NOTES);
        assertThat(copy.head()).isEqualTo(original.head());
        assertThat(copy.page(new byte[0], Long.MAX_VALUE))
                .usingRecursiveComparison()
                .isEqualTo(original.page(new byte[0], Long.MAX_VALUE));
    }

    @Test
    void sizeTellsWhatIsThere() {
        fill(NOTES, 100);
        commit(storage, NOTES, new Write.PutEntry(entry(2, 100)));
        RealmSize size = storage.realm(NOTES).size();
        assertThat(size.historyEntries()).isEqualTo(2);
        assertThat(size.historyBytes()).isEqualTo(200);
        assertThat(size.storedBytes()).isBetween(1000L, 10_000L);
    }

    /** The listener that hears of a failure wakes the test before it returns, and until then commits fail. */
    private void commitOnceTheFailureIsReported(RealmPath realm, Write write) {
        await().ignoreException(StorageException.class).until(() -> {
            commit(storage, realm, write);
            return true;
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
