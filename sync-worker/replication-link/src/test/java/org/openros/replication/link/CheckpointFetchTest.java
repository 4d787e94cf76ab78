// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.storage.StorageException;
import org.openros.storage.StoreCheckpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class CheckpointFetchTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path folder;

    private Path into;
    private TestNode master;
    private TestNode follower;
    private final List<Long> progress = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        into = folder.resolve("into");
        master = new TestNode("m");
        follower = new TestNode("f");
    }

    @AfterEach
    void stop() {
        follower.close();
        master.close();
    }

    private CheckpointFetch fetch(URI at) {
        return follower.link.fetch(new CheckpointOrder(at, TestNode.EPOCH, into), (done, total) -> progress.add(done));
    }

    private static FetchException failure(CheckpointFetch fetch) {
        CompletableFuture<Throwable> failure = fetch.done().handle((manifest, why) -> Objects.requireNonNull(why));
        return (FetchException) failure.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Test
    void checkpointArrivesWholeAndIsGivenBack() throws Exception {
        FolderCheckpoint checkpoint = FolderCheckpoint.of(folder.resolve("from"), 1, 3 * MIB, 0, 1, 70_000);
        master.checkpoints = (node, epoch) -> checkpoint;

        assertThat(fetch(master.address()).done().get(20, TimeUnit.SECONDS)).isEqualTo(checkpoint.manifest());

        assertThat(checkpoint.isEqualTo(into)).isTrue();
        assertThat(progress).isSorted().last().isEqualTo(3L * MIB + 70_001);
        await().until(() -> checkpoint.closed().get() == 1);
    }

    @Test
    void fetchGoesOnWhereTheLineWasCut() throws Exception {
        FolderCheckpoint checkpoint = FolderCheckpoint.of(folder.resolve("from"), 2, 2 * MIB, 3 * MIB);
        AtomicInteger opened = new AtomicInteger();
        master.checkpoints = (node, epoch) -> {
            opened.incrementAndGet();
            return checkpoint;
        };
        try (FaultProxy line = new FaultProxy(master.address())) {
            line.cutAfter(3 * MIB);
            fetch(line.address()).done().get(20, TimeUnit.SECONDS);
        }

        assertThat(checkpoint.isEqualTo(into)).isTrue();
        assertThat(opened).hasValue(1);
        assertThat(progress).isSorted();
    }

    @Test
    void laterFetchTakesOverWhatAnEarlierOneHasLeft() throws Exception {
        FolderCheckpoint checkpoint = FolderCheckpoint.of(folder.resolve("from"), 3, MIB, MIB);
        master.checkpoints = (node, epoch) -> checkpoint;
        Files.createDirectories(into);
        Files.copy(checkpoint.folder().resolve("file-0"), into.resolve("file-0"));
        Files.write(into.resolve("file-1"), new byte[MIB / 2]);
        Files.write(into.resolve("of-another-checkpoint"), new byte[10]);

        fetch(master.address()).done().get(20, TimeUnit.SECONDS);

        assertThat(checkpoint.isEqualTo(into)).isTrue();
        assertThat(progress.getFirst()).isEqualTo(MIB);
    }

    @Test
    void masterThatHasForgottenTheCheckpointMakesAnother() throws Exception {
        FolderCheckpoint first = FolderCheckpoint.of(folder.resolve("first"), 4, 2 * MIB);
        FolderCheckpoint second = FolderCheckpoint.of(folder.resolve("second"), 5, 2 * MIB, 10);
        List<StoreCheckpoint> left = new ArrayList<>(List.of(first, second));
        CountDownLatch begun = new CountDownLatch(1);
        master.checkpoints = (node, epoch) -> left.removeFirst();
        URI address = master.address();
        try (FaultProxy line = new FaultProxy(address)) {
            line.slowDown(4 * MIB);
            CheckpointFetch fetch = follower.link.fetch(
                    new CheckpointOrder(line.address(), TestNode.EPOCH, into), (done, total) -> begun.countDown());
            begun.await();
            master.close();
            try (TestNode again = new TestNode("m", address, null)) {
                again.checkpoints = (node, epoch) -> left.removeFirst();
                fetch.done().get(20, TimeUnit.SECONDS);
            }
        }

        assertThat(second.isEqualTo(into)).isTrue();
        assertThat(first.closed()).hasValue(1);
    }

    @Test
    void damagedFileIsFetchedOnceMoreAndThenRefused() throws Exception {
        FolderCheckpoint checkpoint = FolderCheckpoint.of(folder.resolve("from"), 6, MIB);
        Files.write(checkpoint.folder().resolve("file-0"), new byte[MIB]);
        master.checkpoints = (node, epoch) -> checkpoint;

        assertThat(failure(fetch(master.address())).reason()).isEqualTo(FetchException.Reason.DAMAGED);
        assertThat(progress.stream().filter(done -> done == MIB)).hasSize(2);
        assertThat(into.resolve("file-0")).isEmptyFile();
    }

    @Test
    void filesOfOtherSizesAreRefused() throws Exception {
        FolderCheckpoint checkpoint = FolderCheckpoint.of(folder.resolve("from"), 7, MIB);
        master.checkpoints = (node, epoch) -> checkpoint;

        Files.write(checkpoint.folder().resolve("file-0"), new byte[MIB - 1]);
        assertThat(failure(fetch(master.address())).reason()).isEqualTo(FetchException.Reason.MALFORMED);
        Files.write(checkpoint.folder().resolve("file-0"), new byte[MIB + 1]);
        assertThat(failure(fetch(master.address())).reason()).isEqualTo(FetchException.Reason.MALFORMED);
    }

    @Test
    void checkpointLargerThanTheDiskIsNotBegun() {
        StoreCheckpoint.Manifest manifest = new StoreCheckpoint.Manifest(
                TestNode.LINEAGE,
                TestNode.EPOCH,
                org.openros.domain.log.Position.START,
                org.openros.domain.log.EpochTable.EMPTY,
                List.of(new StoreCheckpoint.File("huge", Long.MAX_VALUE / 2, 0)));
        master.checkpoints = (node, epoch) -> new FolderCheckpoint(folder, manifest, new AtomicInteger());

        assertThat(failure(fetch(master.address())).reason()).isEqualTo(FetchException.Reason.DISK_FULL);
        assertThat(into).isEmptyDirectory();
    }

    @Test
    void nodeThatIsNotMasterSaysSo() {
        master.checkpoints = (node, epoch) -> {
            throw new StorageException(StorageException.Reason.NOT_MASTER, "this node is not master", null);
        };
        FetchException refused = failure(fetch(master.address()));
        assertThat(refused.reason()).isEqualTo(FetchException.Reason.REFUSED);
        assertThat(refused).hasMessageContaining("this node is not master");
    }

    @Test
    void closedFetchLeavesTheFolderAlone() throws Exception {
        FolderCheckpoint checkpoint = FolderCheckpoint.of(folder.resolve("from"), 8, 20 * MIB);
        master.checkpoints = (node, epoch) -> checkpoint;
        try (FaultProxy line = new FaultProxy(master.address())) {
            line.slowDown(MIB);
            CheckpointFetch fetch = fetch(line.address());
            await().until(() -> !progress.isEmpty());
            fetch.close();

            assertThat(failure(fetch).reason()).isEqualTo(FetchException.Reason.CLOSED);
            assertThat(Files.size(into.resolve("file-0"))).isPositive().isLessThan(20 * MIB);
        }
    }

    @Test
    void abandonedCheckpointIsDropped() throws Exception {
        FolderCheckpoint checkpoint = FolderCheckpoint.of(folder.resolve("from"), 9, 10);
        long[] now = {0};
        CheckpointShelf shelf = new CheckpointShelf(() -> now[0]);
        ShelvedCheckpoint kept = shelf.keep(follower.name, checkpoint);

        now[0] += CheckpointShelf.ABANDONED.toNanos();
        shelf.sweep();
        assertThat(shelf.find(kept.id())).isSameAs(kept);
        kept.used();
        now[0] += Duration.ofSeconds(119).toNanos();
        shelf.sweep();
        assertThat(checkpoint.closed()).hasValue(0);
        now[0] += Duration.ofSeconds(2).toNanos();
        shelf.sweep();

        assertThat(shelf.find(kept.id())).isNull();
        assertThat(checkpoint.closed()).hasValue(1);
    }

    @Test
    void filesStayWhileTheyAreReadAndAFollowerHasOneCheckpoint() throws Exception {
        FolderCheckpoint first = FolderCheckpoint.of(folder.resolve("first"), 10, 10);
        FolderCheckpoint second = FolderCheckpoint.of(folder.resolve("second"), 11, 10);
        CheckpointShelf shelf = new CheckpointShelf(System::nanoTime);
        ShelvedCheckpoint kept = shelf.keep(follower.name, first);
        assertThat(kept.enter()).isTrue();

        shelf.keep(follower.name, second);
        assertThat(shelf.find(kept.id())).isNull();
        assertThat(kept.enter()).isFalse();
        assertThat(first.closed()).hasValue(0);
        kept.leave();
        assertThat(first.closed()).hasValue(1);
        shelf.close();
        assertThat(second.closed()).hasValue(1);
    }
}
