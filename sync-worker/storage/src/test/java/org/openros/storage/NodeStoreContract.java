// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.openros.domain.Epoch;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.openros.storage.Realms.NOTES;
import static org.openros.storage.Realms.putState;
import static org.openros.storage.Realms.realm;
import static org.openros.storage.Realms.version;
import static org.openros.storage.Realms.versions;

/** What every store of a node does. */
public abstract class NodeStoreContract extends NodeCopyContract {
    private final ManualGate gate = new ManualGate();

    /** Takes away or gives back the room on its disk. */
    protected abstract void setFull(boolean full);

    /** Versions of a realm that a master sees. */
    private List<Long> versionsSeenByMaster(int realm) {
        try (Leading leading = store.lead(store.last().epoch().next(), CommitGate.LONE)) {
            return versions(leading.realm(realm(realm)), 0, Long.MAX_VALUE);
        }
    }

    @Test
    void newStoreBelongsToItsNodeAndToNoLineage() {
        StoreIdentity identity = store.identity();

        assertThat(identity).isEqualTo(new StoreIdentity(GROUP, NODE, identity.store(), null));
        assertThat(store.last()).isEqualTo(Position.START);
        assertThat(store.applied()).isEqualTo(Position.START);
        assertThat(store.position(0)).isEqualTo(Position.START);
        assertThat(store.epochs()).isEqualTo(EpochTable.EMPTY);
        assertThat(store.promisedEpoch()).isEqualTo(Epoch.NONE);
        assertThat(store.tail().has(0)).isTrue();
        assertThat(store.tail().read(0, 100)).isEmpty();
    }

    @Test
    void identityLineageAndPromiseAreKept() {
        StoreIdentity own = store.identity();
        StoreIdentity adopted = new StoreIdentity(GROUP, NODE, own.store(), Lineage.random());
        store.adopt(adopted);
        store.promise(new Epoch(7));
        store.promise(new Epoch(5));

        reopen();

        assertThat(store.identity()).isEqualTo(adopted);
        assertThat(store.promisedEpoch()).isEqualTo(new Epoch(7));
    }

    @Test
    void onlyTheLineageCanBeAdopted() {
        StoreIdentity own = store.identity();

        assertThatIllegalArgumentException().isThrownBy(() ->
                store.adopt(new StoreIdentity(GROUP, new NodeId("b"), own.store(), Lineage.random())));
    }

    @Test
    void appendedEntriesAreKeptAndNotApplied() {
        MasterLog master = new MasterLog().reign(3).versions(1, 1, 20).reign(5).versions(1, 21, 30);

        store.append(master.behind(0));
        reopen();

        assertThat(store.last()).isEqualTo(master.last());
        assertThat(store.applied()).isEqualTo(Position.START);
        assertThat(store.epochs()).isEqualTo(master.epochs());
        assertThat(readAll(0, 1000)).usingRecursiveFieldByFieldElementComparator().isEqualTo(master.behind(0));
        assertThat(store.position(17)).isEqualTo(master.position(17));
        assertThat(store.position(33)).isNull();
    }

    private List<LogEntry> readAll(long after, long maxBytes) {
        List<LogEntry> all = new ArrayList<>();
        List<LogEntry> next = store.tail().read(after, maxBytes);
        while (!next.isEmpty()) {
            all.addAll(next);
            next = store.tail().read(after + all.size(), maxBytes);
        }
        return all;
    }

    @Test
    void entriesThatDoNotContinueTheLogAreRejectedAndLeaveNothing() {
        MasterLog master = new MasterLog().reign(2).versions(1, 1, 5);
        MasterLog other = master.fork(2).versions(2, 1, 3);
        MasterLog lower = master.fork(3).reign(1);
        store.append(master.behind(0).subList(0, 3));

        assertFails(Reason.REJECTED, () -> store.append(master.behind(4)));
        assertFails(Reason.REJECTED, () -> store.append(other.behind(3)));
        assertFails(Reason.REJECTED, () -> store.append(lower.behind(3)));
        assertFails(Reason.REJECTED, () -> store.append(master.behind(2)));

        assertThat(store.last()).isEqualTo(master.position(3));
        store.append(master.behind(3));
        assertThat(store.last()).isEqualTo(master.last());
    }

    @Test
    void cutEntriesAreGoneForGoodAndOthersTakeTheirPlace() {
        MasterLog master = new MasterLog().reign(1).versions(1, 1, 10);
        MasterLog next = master.fork(6).reign(2).versions(1, 6, 8);
        store.append(master.behind(0));

        store.cut(6);
        assertThat(store.last()).isEqualTo(master.position(6));
        assertThat(store.tail().read(6, 100)).isEmpty();
        store.append(next.behind(6));
        reopen();

        assertThat(store.last()).isEqualTo(next.last());
        assertThat(store.epochs()).isEqualTo(next.epochs());
        assertThat(versionsSeenByMaster(1)).isEqualTo(LongStream.rangeClosed(1, 8).boxed().toList());
    }

    @Test
    void appliedEntriesCannotBeCut() {
        store.append(new MasterLog().reign(1).versions(1, 1, 10).behind(0));
        store.apply(4);

        assertThatIllegalArgumentException().isThrownBy(() -> store.cut(3));
        store.cut(4);

        assertThat(store.last()).isEqualTo(store.applied());
    }

    @Test
    void appliedEntriesAreInTheStateAndStayThere() {
        MasterLog master = new MasterLog().reign(1).versions(1, 1, 10).reign(2).versions(1, 11, 12);
        store.append(master.behind(0));

        store.apply(12);
        store.apply(5);
        assertThat(store.applied()).isEqualTo(master.position(12));
        assertThatIllegalArgumentException().isThrownBy(() -> store.apply(99));
        reopen();

        assertThat(store.applied()).isEqualTo(master.position(12));
        assertThat(versionsSeenByMaster(1)).isEqualTo(LongStream.rangeClosed(1, 12).boxed().toList());
    }

    @Test
    void masterBeginsWithANoOpAndAppliesWhatItInheritedOnceThatIsCommitted() {
        MasterLog master = new MasterLog().reign(1).versions(1, 1, 10);
        store.append(master.behind(0));
        store.apply(3);

        try (Leading leading = store.lead(new Epoch(2), gate)) {
            assertThat(store.last().seq()).isEqualTo(12);
            assertThat(store.epochs()).isEqualTo(master.epochs().with(new Epoch(2), 12));
            assertThat(store.promisedEpoch()).isEqualTo(new Epoch(2));
            assertThat(leading.established()).isNotDone();
            assertThat(store.applied().seq()).isEqualTo(3);
            assertFails(Reason.NOT_MASTER, () -> leading.realm(realm(1)));
            gate.commit(12);

            assertThat(established(leading)).isEqualTo(store.last());
            assertThat(store.applied()).isEqualTo(store.last());
            assertThat(leading.realm(realm(1)).head().serverVersion()).isEqualTo(10);
        }
        assertThat(gate.told).containsExactly("written 12", "durable 12");
    }

    @Test
    void commitIsSeenByTailReadersAtOnceAndReportedOnceTheGateLetsItPass() {
        Outcomes outcomes = new Outcomes();
        gate.commit(1);
        try (Leading leading = store.lead(new Epoch(1), gate)) {
            established(leading);
            leading.commit(version(NOTES, 1), outcomes.listener("a"));
            await().until(() -> gate.told.contains("durable 2"));

            assertThat(store.tail().read(1, 100)).extracting(entry -> entry.position().seq()).containsExactly(2L);
            assertThat(outcomes.heard()).isEmpty();
            assertThat(leading.realm(NOTES).head()).isEqualTo(RealmHead.EMPTY);
            gate.commit(2);

            await().untilAsserted(() -> assertThat(outcomes.heard()).containsExactly("a done"));
            assertThat(leading.realm(NOTES).head().serverVersion()).isEqualTo(1);
        }
        assertThat(gate.told).containsExactly("written 1", "durable 1", "written 2", "durable 2");
    }

    /** A reign with a commit on the disk that the gate does not let pass. */
    private Leading withPendingCommit(Outcomes outcomes) {
        gate.commit(1);
        Leading leading = store.lead(new Epoch(1), gate);
        established(leading);
        leading.commit(version(NOTES, 1), outcomes.listener("a"));
        await().until(() -> gate.told.contains("durable 2"));
        return leading;
    }

    @Test
    void endOfTheReignFailsWhatIsPendingWithoutWaitingForTheGate() {
        Outcomes outcomes = new Outcomes();
        Leading leading = withPendingCommit(outcomes);

        leading.close();
        leading.close();

        assertThat(outcomes.heard()).containsExactly("a NOT_MASTER");
        assertFails(Reason.NOT_MASTER, () -> leading.commit(version(NOTES, 1), outcomes.listener("b")));
        assertThat(store.applied().seq()).isEqualTo(1);
        assertThat(store.last().seq()).isEqualTo(2);
        store.cut(1);
        assertThat(store.last()).isEqualTo(store.applied());
    }

    @Test
    void endOfAReignThatWasNotEstablishedSaysSo() {
        Leading leading = store.lead(new Epoch(1), gate);

        leading.close();

        assertThatThrownBy(() -> leading.established().get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_MASTER));
        assertThat(store.applied()).isEqualTo(Position.START);
    }

    @Test
    void closingTheStoreEndsItsReign() {
        Outcomes outcomes = new Outcomes();
        withPendingCommit(outcomes);

        reopen();

        assertThat(outcomes.heard()).containsExactly("a NOT_MASTER");
        assertThat(store.last().seq()).isEqualTo(2);
        assertThat(store.applied().seq()).isEqualTo(1);
    }

    @Test
    void storeThatLeadsDoesNotFollow() {
        try (Leading leading = store.lead(new Epoch(1), CommitGate.LONE)) {
            established(leading);
            assertThatIllegalStateException().isThrownBy(() -> store.append(List.of()));
            assertThatIllegalStateException().isThrownBy(() -> store.cut(0));
            assertThatIllegalStateException().isThrownBy(() -> store.apply(1));
            assertThatIllegalStateException().isThrownBy(() -> store.lead(new Epoch(2), CommitGate.LONE));
        }
        store.append(List.of());
    }

    @Test
    void epochThatIsOverCannotBeLed() {
        store.append(new MasterLog().reign(4).behind(0));
        store.promise(new Epoch(6));

        assertThatIllegalArgumentException().isThrownBy(() -> store.lead(new Epoch(5), gate));
        store.lead(new Epoch(6), gate).close();
        assertThatIllegalArgumentException().isThrownBy(() -> store.lead(new Epoch(6), gate));
    }

    @Test
    void masterBecomesFollowerAndMasterAgain() {
        for (int epoch = 1; epoch <= 3; epoch++) {
            try (Leading leading = store.lead(new Epoch(epoch), CommitGate.LONE)) {
                established(leading);
                Realms.commit(leading, NOTES, new Write.PutEntry(Realms.entry(epoch, 10)));
            }
        }

        assertThat(store.epochs().starts()).hasSize(3);
        reopen();
        assertThat(store.last().seq()).isEqualTo(6);
        assertThat(store.applied()).isEqualTo(store.last());
    }

    private static List<Write> allOf(RealmSnapshot snapshot, long maxBytes) {
        List<Write> all = new ArrayList<>();
        for (List<Write> page = snapshot.next(maxBytes); page != null; page = snapshot.next(maxBytes)) {
            all.addAll(page);
        }
        return all;
    }

    @Test
    void snapshotOfARealmStaysAsItWasWhileTheRealmGoesOn() {
        try (Leading leading = store.lead(new Epoch(1), CommitGate.LONE);
                RealmSnapshot none = store.snapshot(NOTES)) {
            leading.commit(version(NOTES, 1), failure -> {});
            Realms.commit(leading, NOTES, new Write.PutEntry(Realms.entry(2, 100)), putState("a", "1"));
            try (RealmSnapshot snapshot = store.snapshot(NOTES)) {
                Realms.commit(leading, NOTES, new Write.PutEntry(Realms.entry(3, 100)), putState("a", "2"));
                Realms.commit(leading, NOTES, new Write.EraseRealm());

                assertThat(snapshot.head().serverVersion()).isEqualTo(2);
                assertThat(snapshot.state(Realms.bytes("a"))).isEqualTo(Realms.bytes("1"));
                assertThat(snapshot.state(Realms.bytes("b"))).isNull();
                List<Write> all = allOf(snapshot, 1);
                assertThat(RealmHead.EMPTY.after(new WriteSet(NOTES, all))).isEqualTo(snapshot.head());
                assertThat(all).hasSize(3);
            }
            assertThat(none.head()).isEqualTo(RealmHead.EMPTY);
            assertThat(none.next(1)).isNull();
        }
    }

    @Test
    void snapshotOfAFollowerIsWhatItHasApplied() {
        MasterLog master = new MasterLog().reign(3).versions(1, 1, 20);
        store.append(master.behind(0));
        store.apply(11);

        try (RealmSnapshot snapshot = store.snapshot(realm(1))) {
            assertThat(snapshot.head().serverVersion()).isEqualTo(10);
            assertThat(allOf(snapshot, Long.MAX_VALUE)).hasSize(10);
        }
    }

    @Test
    void fullDiskKeepsNothingAndShowsNothing() {
        MasterLog master = new MasterLog().reign(1).versions(1, 1, 5);
        store.append(master.behind(0).subList(0, 3));
        setFull(true);

        assertFails(Reason.DISK_FULL, () -> store.append(master.behind(3)));

        assertThat(store.last()).isEqualTo(master.position(3));
        assertThat(store.tail().read(3, 100)).isEmpty();
        setFull(false);
        store.append(master.behind(3));
        assertThat(store.last()).isEqualTo(master.last());
    }

    @Test
    void masterWithAFullDiskServesReadersAndRefusesCommits() {
        store.append(new MasterLog().reign(1).versions(1, 1, 5).behind(0));
        setFull(true);

        try (Leading leading = store.lead(new Epoch(2), CommitGate.LONE)) {
            established(leading);
            assertThat(versions(leading.realm(realm(1)), 0, 9)).hasSize(5);
            assertFails(Reason.DISK_FULL, () -> Realms.commit(leading, NOTES, putState("k", "v")));
        }
        assertThat(store.tail().read(7, 100)).isEmpty();
    }
}
