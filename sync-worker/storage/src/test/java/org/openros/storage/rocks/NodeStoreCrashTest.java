// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.Position;
import org.openros.storage.MasterLog;
import org.openros.storage.NodeStore;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.StoreCheckpoint;
import org.openros.storage.StoreIdentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What crashes, damage and copies leave of a node's folder. */
final class NodeStoreCrashTest {
    private static final GroupId GROUP = GroupId.DEFAULT;
    private static final NodeId NODE = new NodeId("a");
    private static final StoreRecord.Owner OWNER = new StoreRecord.Owner(GROUP, NODE);

    private final MasterLog master = new MasterLog().reign(1).versions(1, 1, 20);

    @TempDir
    private Path folder;

    private Path store() {
        return folder.resolve("store");
    }

    private RocksNodeStore open(Path path) {
        return RocksNodeStore.open(path, GROUP, NODE, SmallStores.OPTIONS);
    }

    private RocksNodeStore open(Consumer<Failpoint> failpoints) {
        return RocksNodeStore.open(store(), OWNER, SmallStores.OPTIONS, null, failpoints);
    }

    private static void adopt(NodeStore store, Lineage lineage) {
        StoreIdentity own = store.identity();
        store.adopt(new StoreIdentity(own.group(), own.node(), own.store(), lineage));
    }

    @Test
    void crashDuringAPromiseLeavesTheOldOneOrTheNewOne() {
        FolderCopies copies = new FolderCopies(store(), folder.resolve("copies"));
        try (RocksNodeStore store = open(store())) {
            store.promise(new Epoch(4));
        }
        RocksNodeStore store = open(failpoint -> {});
        store.close();
        try (RocksNodeStore crashing = open(copies)) {
            int before = copies.made().size();
            crashing.promise(new Epoch(5));
            List<Path> made = List.copyOf(copies.made().subList(before, copies.made().size()));

            assertThat(made).extracting(this::promised).containsExactly(new Epoch(4), new Epoch(5));
        }
    }

    private Epoch promised(Path copy) {
        try (RocksNodeStore store = open(copy)) {
            return store.promisedEpoch();
        }
    }

    @Test
    void tornDraftOfTheRecordIsIgnored() throws IOException {
        try (RocksNodeStore store = open(store())) {
            store.promise(new Epoch(4));
        }
        Files.writeString(store().resolve("store.json.new"), "{\"formatLevel\":2,\"gro");

        assertThat(promised(store())).isEqualTo(new Epoch(4));
    }

    @Test
    void crashDuringAnInstallationLeavesTheOldStoreOrTheNewOne() throws IOException {
        Lineage newLineage = Lineage.random();
        Lineage oldLineage = Lineage.random();
        MasterLog old = new MasterLog().reign(1).versions(9, 1, 3);
        FolderCopies copies = new FolderCopies(store(), folder.resolve("copies"));
        try (RocksNodeStore source = RocksNodeStore.open(
                        folder.resolve("source"), GROUP, new NodeId("b"), SmallStores.OPTIONS);
                RocksNodeStore store = open(copies)) {
            source.append(master.behind(0));
            source.apply(21);
            source.promise(new Epoch(3));
            adopt(source, newLineage);
            adopt(store, oldLineage);
            store.append(old.behind(0));
            store.promise(new Epoch(7));
            int before = copies.made().size();
            installFrom(source, store);

            List<Path> made = List.copyOf(copies.made().subList(before, copies.made().size()));
            assertThat(made).extracting(Path::getFileName).map(name -> name.toString().replaceFirst(".*-", ""))
                    .containsExactly("FILES_TAKEN", "FILES_CLAIMED", "RECORD_DRAFTED", "RECORD_REPLACED", "FLIPPED",
                            "OLD_CONTENT_GONE", "NEW_CONTENT_IN_PLACE", "RECORD_DRAFTED", "RECORD_REPLACED");
            made.subList(0, 3)
                    .forEach(copy -> assertHolds(copy, oldLineage, old.last(), store.identity().store(), false));
            made.subList(3, 9)
                    .forEach(copy -> assertHolds(copy, newLineage, master.last(), store.identity().store(), true));
        }
    }

    @Test
    void installationThatFailsBeforeTheFlipLeavesTheStoreAtWorkAndOneThatFailsBehindItEndsAtTheNextStart()
            throws IOException {
        Failing failing = new Failing();
        try (RocksNodeStore source = RocksNodeStore.open(
                        folder.resolve("source"), GROUP, new NodeId("b"), SmallStores.OPTIONS);
                RocksNodeStore store = open(failing)) {
            MasterLog old = new MasterLog().reign(1).versions(9, 1, 3);
            source.append(master.behind(0));
            source.apply(21);
            adopt(source, Lineage.random());
            store.append(old.behind(0).subList(0, 2));
            for (Failpoint before : List.of(Failpoint.FILES_TAKEN, Failpoint.FILES_CLAIMED, Failpoint.RECORD_DRAFTED)) {
                failing.at = before;
                assertThatThrownBy(() -> installFrom(source, store)).as(before.toString())
                        .hasMessage("failed by a test");
                assertThat(store.last()).isEqualTo(old.position(2));
            }
            store.append(old.behind(2));

            failing.at = Failpoint.OLD_CONTENT_GONE;
            assertThatThrownBy(() -> installFrom(source, store)).hasMessage("failed by a test");
            assertThatThrownBy(() -> store.append(master.behind(0)))
                    .isInstanceOfSatisfying(StorageException.class,
                            e -> assertThat(e.reason()).isEqualTo(Reason.CLOSED));
        }
        assertThat(lastOf(store())).isEqualTo(master.last());
    }

    private static final class Failing implements Consumer<Failpoint> {
        private @Nullable Failpoint at;

        @Override
        public void accept(Failpoint failpoint) {
            if (failpoint == at) {
                at = null;
                throw new StorageException(Reason.IO, "failed by a test", null);
            }
        }
    }

    private static void installFrom(RocksNodeStore source, RocksNodeStore store) throws IOException {
        try (StoreCheckpoint checkpoint = source.checkpoint()) {
            Path files = store.receiving().resolve("files");
            FolderCopies.copy(checkpoint.folder(), files);
            store.install(files, checkpoint.manifest());
        }
    }

    private void assertHolds(Path copy, Lineage lineage, Position last, StoreId installed, boolean isInstalled) {
        for (int start = 1; start <= 2; start++) {
            try (RocksNodeStore store = open(copy)) {
                assertThat(store.identity().lineage()).as(copy.toString()).isEqualTo(lineage);
                assertThat(store.last()).as(copy.toString()).isEqualTo(last);
                assertThat(store.promisedEpoch()).as(copy.toString()).isEqualTo(new Epoch(7));
                assertThat(store.identity().store().equals(installed)).as(copy.toString()).isEqualTo(isInstalled);
                assertThat(copy.resolve("incoming")).doesNotExist();
            }
        }
    }

    @Test
    void truncatedNewestLogFileIsCutToWhatIsWhole() throws IOException {
        Path copy = killedWithTwoBatches();
        Path segment = newestSegment(copy);
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.setLength(endOfRecords(segment) - 30);
        }

        try (RocksNodeStore store = open(copy)) {
            assertThat(store.last()).isEqualTo(master.position(20));
            store.append(master.behind(20));
            store.apply(21);
        }
        try (RocksNodeStore store = open(copy)) {
            assertThat(store.last()).isEqualTo(master.last());
        }
    }

    @Test
    void bitThatFlippedInTheMiddleOfTheLogIsRefusedAndTheNodeCanStartOver() throws IOException {
        Path copy = killedWithTwoBatches();
        Path segment = newestSegment(copy);
        flip(segment, 4096 + 40);
        Epoch promised = new Epoch(6);
        Path aside;

        assertThatThrownBy(() -> open(copy))
                .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT))
                .hasMessageContaining(segment + " at offset 4096");
        aside = RocksNodeStore.discard(copy, GROUP, NODE);

        assertThat(aside.resolve("log").resolve(segment.getFileName())).exists();
        assertThat(aside.resolve("state")).isDirectory();
        try (RocksNodeStore store = open(copy)) {
            assertThat(store.last()).isEqualTo(Position.START);
            assertThat(store.promisedEpoch()).isEqualTo(promised);
            assertThat(store.identity().lineage()).isNull();
            assertThat(aside.getFileName().toString()).doesNotContain(store.identity().store().toString());
            store.append(master.behind(0));
        }
    }

    @Test
    void logThatEndsEarlyAfterACleanStopIsRefused() throws IOException {
        try (RocksNodeStore store = open(store())) {
            store.append(master.behind(0));
        }
        Path segment = newestSegment(store());
        flip(segment, endOfRecords(segment) - 9);

        assertThatThrownBy(() -> open(store()))
                .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT))
                .hasMessageContaining("was closed at entry 21 and ends at entry 20 now");
    }

    @Test
    void crashWhileAContentIsPutAsideIsFinishedByTheNextStart() {
        try (RocksNodeStore store = open(store())) {
            store.append(master.behind(0));
            store.promise(new Epoch(6));
        }
        FolderCopies copies = new FolderCopies(store(), folder.resolve("copies"));

        Path aside = StoreFolder.discard(store(), OWNER, copies);

        assertThat(copies.made()).hasSize(7);
        assertThat(lastOf(copies.made().getFirst())).isEqualTo(master.last());
        for (Path copy : copies.made().subList(1, 7)) {
            assertThat(lastOf(copy)).as(copy.toString()).isEqualTo(Position.START);
            assertThat(copy.resolve(store().relativize(aside)).resolve("log")).as(copy.toString())
                    .isNotEmptyDirectory();
            assertThat(promised(copy)).isEqualTo(new Epoch(6));
        }
    }

    private Position lastOf(Path copy) {
        try (RocksNodeStore store = open(copy)) {
            return store.last();
        }
    }

    @Test
    void damagedRecordIsPutAsideWithTheContent() throws IOException {
        open(store()).close();
        Files.writeString(store().resolve("store.json"), "{\"formatL");

        Path aside = RocksNodeStore.discard(store(), GROUP, NODE);

        assertThat(aside.resolve("store.json")).exists();
        open(store()).close();
    }

    @Test
    void contentOfAnotherNodeIsNotPutAside() {
        open(store()).close();

        assertThatThrownBy(() -> RocksNodeStore.discard(store(), GROUP, new NodeId("b")))
                .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FOREIGN));
        assertThat(store().resolve("log")).isDirectory();
    }

    @Test
    void copyInAGroupIsAnotherStoreWithTheSameContent() {
        StoreId original;
        try (RocksNodeStore store = RocksNodeStore.open(store(), GROUP, NODE, SmallStores.IN_GROUP)) {
            original = store.identity().store();
            store.append(master.behind(0));
        }
        Path copy = folder.resolve("copy");
        FolderCopies.copy(store(), copy);

        StoreId copied = idOf(copy);
        assertThat(copied).isNotEqualTo(original).isEqualTo(idOf(copy));
        assertThat(idOf(store())).isEqualTo(original);
        assertThat(lastOf(copy)).isEqualTo(master.last());
    }

    private static StoreId idOf(Path path) {
        try (RocksNodeStore store = RocksNodeStore.open(path, GROUP, NODE, SmallStores.IN_GROUP)) {
            return store.identity().store();
        }
    }

    @Test
    void placeChangesOnlyIfNumberAndBirthDo() {
        Place place = new Place("1", "monday");

        assertThat(place.isCopiedTo(new Place("2", "tuesday"))).isTrue();
        assertThat(place.isCopiedTo(new Place("2", "monday"))).isFalse();
        assertThat(place.isCopiedTo(new Place("1", "tuesday"))).isFalse();
        assertThat(new Place("", "monday").isCopiedTo(new Place("", "tuesday"))).isTrue();
    }

    /** The newest entry is a batch of its own. */
    private Path killedWithTwoBatches() {
        Path copy = folder.resolve("copy");
        try (RocksNodeStore store = open(store())) {
            store.promise(new Epoch(6));
            store.append(master.behind(0).subList(0, 20));
            store.append(master.behind(20));
            FolderCopies.copy(store(), copy);
        }
        return copy;
    }

    private static Path newestSegment(Path path) throws IOException {
        Path newest = path;
        for (String name : new FileTree(path.resolve("log")).names()) {
            Path segment = path.resolve("log").resolve(name);
            newest = endOfRecords(segment) > 4096 ? segment : newest;
        }
        return newest;
    }

    private static int endOfRecords(Path segment) throws IOException {
        byte[] bytes = Files.readAllBytes(segment);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return (end + 7) & -8;
    }

    private static void flip(Path file, long offset) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            int old = bytes.read();
            bytes.seek(offset);
            bytes.write(old ^ 4);
        }
    }
}
