// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.openros.storage.Realms.NOTES;
import static org.openros.storage.Realms.putState;
import static org.openros.storage.Realms.realm;
import static org.openros.storage.Realms.version;
import static org.openros.storage.Realms.versions;

/** What every store of a node does so that another node has the same: checkpoints, and hashes of the state. */
public abstract class NodeCopyContract {
    protected static final GroupId GROUP = GroupId.DEFAULT;
    protected static final NodeId NODE = new NodeId("a");

    protected NodeStore store;

    /** The store of a test, in the state in which it was closed, or new. */
    protected abstract NodeStore open();

    /** A new store of another node. */
    protected abstract NodeStore openOther(NodeId node);

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    protected void reopen() {
        store.close();
        store = open();
    }

    protected static void assertFails(Reason reason, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    protected static Position established(Leading leading) {
        try {
            return leading.established().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the reign was not established", e);
        }
    }

    private void adoptLineage(NodeStore adopting, Lineage lineage) {
        StoreIdentity own = adopting.identity();
        adopting.adopt(new StoreIdentity(own.group(), own.node(), own.store(), lineage));
    }

    /** Does what a transfer does. */
    private static Path transferred(StoreCheckpoint checkpoint, NodeStore to) throws IOException {
        Path files = Files.createDirectory(to.receiving().resolve("files"));
        for (StoreCheckpoint.File file : checkpoint.manifest().files()) {
            Files.copy(checkpoint.folder().resolve(file.name()), files.resolve(file.name()));
        }
        return files;
    }

    @Test
    void checkpointMakesAnotherNodeGoOnFromThere() throws Exception {
        MasterLog master = new MasterLog().reign(1).versions(1, 1, 20).reign(2).versions(2, 1, 5);
        Lineage lineage = Lineage.random();
        store.append(master.behind(0));
        store.promise(new Epoch(3));
        store.apply(24);
        adoptLineage(store, lineage);
        try (NodeStore other = openOther(new NodeId("b"))) {
            StoreId before = other.identity().store();
            other.append(new MasterLog().reign(1).versions(9, 1, 3).behind(0));
            other.promise(new Epoch(7));

            StoreCheckpoint checkpoint = store.checkpoint();
            other.install(transferred(checkpoint, other), checkpoint.manifest());
            checkpoint.close();

            assertThat(checkpoint.folder()).doesNotExist();
            assertThat(other.identity().store()).isNotEqualTo(before).isNotEqualTo(store.identity().store());
            assertThat(other.identity().lineage()).isEqualTo(lineage);
            assertThat(other.promisedEpoch()).isEqualTo(new Epoch(7));
            assertThat(other.last()).isEqualTo(master.position(24));
            assertThat(other.applied()).isEqualTo(master.position(24));
            assertThat(other.epochs()).isEqualTo(master.epochs().upTo(24));
            assertThat(other.tail().has(24)).isTrue();
            other.append(master.behind(24));
            other.apply(27);
            store.apply(27);
            assertThat(hash(other, 27)).isEqualTo(hash(store, 27));
        }
    }

    @Test
    void checkpointOfAHigherPromiseRaisesTheOwnOne() throws Exception {
        store.append(new MasterLog().reign(1).behind(0));
        store.promise(new Epoch(9));
        adoptLineage(store, Lineage.random());
        try (NodeStore other = openOther(new NodeId("b"));
                StoreCheckpoint checkpoint = store.checkpoint()) {
            other.promise(new Epoch(2));

            other.install(transferred(checkpoint, other), checkpoint.manifest());

            assertThat(other.promisedEpoch()).isEqualTo(new Epoch(9));
        }
    }

    @Test
    void damagedCheckpointIsRefusedAndTheStoreIsAsBefore() throws Exception {
        store.append(new MasterLog().reign(1).versions(1, 1, 5).behind(0));
        store.apply(6);
        adoptLineage(store, Lineage.random());
        try (NodeStore other = openOther(new NodeId("b"));
                StoreCheckpoint checkpoint = store.checkpoint()) {
            StoreIdentity before = other.identity();
            MasterLog own = new MasterLog().reign(1).versions(9, 1, 3);
            other.append(own.behind(0));
            Path files = transferred(checkpoint, other);
            Path damaged = files.resolve(checkpoint.manifest().files().stream()
                    .max(Comparator.comparingLong(StoreCheckpoint.File::size))
                    .orElseThrow()
                    .name());
            byte[] bytes = Files.readAllBytes(damaged);
            bytes[bytes.length / 2] ^= 1;
            Files.write(damaged, bytes);

            assertFails(Reason.CORRUPT, () -> other.install(files, checkpoint.manifest()));

            assertThat(other.identity()).isEqualTo(before);
            assertThat(other.last()).isEqualTo(own.last());
        }
    }

    private void copyTail(NodeStore other) {
        while (other.last().seq() < store.last().seq()) {
            other.append(store.tail().read(other.last().seq(), 1 << 20));
        }
    }

    @Test
    void checkpointIsMadeWhileTheMasterGoesOn() throws Exception {
        adoptLineage(store, Lineage.random());
        try (Leading leading = store.lead(new Epoch(1), CommitGate.LONE)) {
            established(leading);
            AtomicBoolean stop = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> {
                for (int i = 1; !stop.get(); i++) {
                    Realms.commit(leading, NOTES, new Write.PutEntry(Realms.entry(i, 100)), putState("k" + i, "v"));
                }
            });
            try (StoreCheckpoint checkpoint = store.checkpoint();
                    NodeStore other = openOther(new NodeId("b"))) {
                other.install(transferred(checkpoint, other), checkpoint.manifest());
                long at = checkpoint.manifest().position().seq();
                await().until(() -> store.applied().seq() > at + 5);
                other.append(store.tail().read(at, 1 << 20));
                long through = other.last().seq();
                other.apply(through);
                assertThat(other.position(through)).isEqualTo(store.position(through));
                stop.set(true);
                writer.join();
                copyTail(other);
                other.apply(other.last().seq());
                assertThat(hash(other, other.last().seq())).isEqualTo(hash(store, store.last().seq()));
            }
        }
    }

    private static StateHash hash(NodeStore of, long seq) throws Exception {
        return of.stateHash(seq).get(20, TimeUnit.SECONDS);
    }

    @Test
    void stateHashIsTakenExactlyAtItsEntryHoweverEntriesAreBatched() throws Exception {
        MasterLog master = new MasterLog().reign(1).versions(1, 1, 60);
        try (NodeStore other = openOther(new NodeId("b"))) {
            store.append(master.behind(0));
            other.append(master.behind(0));
            CompletableFuture<StateHash> at17 = store.stateHash(17);
            CompletableFuture<StateHash> at40 = store.stateHash(40);
            CompletableFuture<StateHash> again = store.stateHash(40);

            store.apply(61);

            other.apply(17);
            assertThat(at17.get(20, TimeUnit.SECONDS)).isEqualTo(hash(other, 17));
            assertThat(at17.get().at()).isEqualTo(master.position(17));
            other.apply(40);
            assertThat(at40.get(20, TimeUnit.SECONDS)).isEqualTo(hash(other, 40)).isEqualTo(again.get());
            assertThat(at40.get().sha256()).isNotEqualTo(at17.get().sha256());
            other.apply(61);
            assertThat(hash(store, 61)).isEqualTo(hash(other, 61));
        }
    }

    @Test
    void stateHashOfAnEntryThatIsPassedIsRejected() {
        store.append(new MasterLog().reign(1).versions(1, 1, 5).behind(0));
        store.apply(4);

        assertThatThrownBy(() -> hash(store, 3)).cause().isInstanceOfSatisfying(
                StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REJECTED));
    }

    @Test
    void stateHashThatIsNotReachedFailsWhenTheStoreIsClosed() {
        CompletableFuture<StateHash> never = store.stateHash(100);

        store.close();

        assertThatThrownBy(() -> never.get(20, TimeUnit.SECONDS)).cause().isInstanceOfSatisfying(
                StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
    }

    @Test
    void masterAndFollowerHaveOneHash() throws Exception {
        try (NodeStore other = openOther(new NodeId("b"))) {
            CompletableFuture<StateHash> ofMaster = store.stateHash(150);
            try (Leading leading = store.lead(new Epoch(1), CommitGate.LONE)) {
                established(leading);
                Outcomes outcomes = new Outcomes();
                for (int i = 1; i <= 300; i++) {
                    leading.commit(version(realm(i % 3), (i + 2) / 3), outcomes.listener("#"));
                }
                await().until(() -> outcomes.heard().size() == 300);
            }
            copyTail(other);
            CompletableFuture<StateHash> ofFollower = other.stateHash(150);
            other.apply(301);

            assertThat(ofMaster.get(20, TimeUnit.SECONDS)).isEqualTo(ofFollower.get(20, TimeUnit.SECONDS));
            assertThat(hash(store, 301)).isEqualTo(hash(other, 301));
        }
    }

    @Test
    void nodesThatEraseInOtherBatchesHaveOneHash() throws Exception {
        try (NodeStore other = openOther(new NodeId("b"))) {
            try (Leading leading = store.lead(new Epoch(1), CommitGate.LONE)) {
                established(leading);
                Outcomes outcomes = new Outcomes();
                for (int round = 0; round < 10; round++) {
                    for (int i = 1; i <= 80; i++) {
                        leading.commit(version(realm(round), i), outcomes.listener("#"));
                    }
                    leading.commit(
                            new WriteSet(realm(round / 2), List.of(new Write.EraseRealm())), outcomes.listener("#"));
                }
                await().until(() -> outcomes.heard().size() == 810);
            }
            copyTail(other);
            for (long seq = 7; seq < 811; seq += 7) {
                other.apply(seq);
            }
            other.apply(811);

            assertThat(hash(store, 811)).isEqualTo(hash(other, 811));
        }
    }
}
