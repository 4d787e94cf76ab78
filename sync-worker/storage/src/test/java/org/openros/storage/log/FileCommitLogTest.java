// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.domain.Epoch;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

final class FileCommitLogTest {
    private static final String FIRST = "00000001.seg";

    private final LogScenario scenario = new LogScenario(7);

    @AfterEach
    void close() {
        scenario.log.close();
    }

    private AbstractThrowableAssert<?, ?> assertFails(Reason reason, ThrowingCallable action) {
        return assertThatThrownBy(action)
                .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void entriesAreFoundAfterReopening() {
        scenario.append(3, 100);
        scenario.append(1, 100);

        scenario.reopen();

        assertThat(scenario.log.last().seq()).isEqualTo(4);
    }

    @Test
    void releasedSegmentsAreReusedSoThatTheFolderStaysSmall() {
        for (int i = 0; i < 200; i++) {
            scenario.append(10, 3000);
            scenario.applyAll();
        }

        assertThat(scenario.disk.names()).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void batchLargerThanASegmentGetsAFileOfItsOwnThatIsNotKept() {
        scenario.append(1, 10);
        scenario.append(100, 10_000);
        scenario.append(1, 10);
        scenario.reopen();
        scenario.applyAll();

        assertThat(scenario.disk.names())
                .allSatisfy(name -> assertThat(scenario.disk.bytes(name)).hasSize((int) LogScenario.SEGMENT));
    }

    @Test
    void segmentIsMadeAheadSoThatAFullDiskIsNoticedLate() {
        await().until(() -> scenario.disk.names().size() == 1);
        scenario.disk.setRoom(0);

        scenario.append(10, 3000);

        assertThat(scenario.acknowledged()).isEqualTo(10);
    }

    @Test
    void fullDiskFailsOneBatchAndTheLogGoesOnWhenThereIsRoom() {
        scenario.append(1, 100);
        await().until(() -> scenario.disk.names().size() == 2);
        scenario.disk.setRoom(0);
        scenario.append(10, 5000);

        assertFails(Reason.DISK_FULL, () -> scenario.append(1, 600_000)).hasMessageContaining("free some space");
        scenario.append(1, 10);
        scenario.disk.setRoom(Long.MAX_VALUE);
        scenario.append(1, 600_000);

        scenario.crash();
        assertThat(scenario.acknowledged()).isEqualTo(13);
    }

    @Test
    void batchThatCouldNotBeWrittenIsNotFoundLater() {
        scenario.append(2, 100);
        scenario.disk.fillUpAfter(0);

        assertFails(Reason.DISK_FULL, () -> scenario.append(50, 1000));

        scenario.crash();
        assertThat(scenario.log.last().seq()).isEqualTo(2);
    }

    @Test
    void failedFlushEndsTheLogUntilItIsOpenedAnew() {
        scenario.append(2, 100);
        scenario.disk.failNextFlush();

        assertFails(Reason.IO, () -> scenario.append(1, 100)).hasMessageContaining("open the storage anew");
        assertFails(Reason.IO, () -> scenario.append(1, 100));

        scenario.reopen();
        scenario.append(1, 100);
    }

    @Test
    void damageInTheNewestBatchCutsIt() {
        scenario.append(3, 100);
        int end = endOfRecords();
        scenario.append(3, 100);
        scenario.log.close();

        scenario.disk.flipBit(FIRST, end + 60);

        scenario.reopenExpectingAtLeast(3);
        assertThat(scenario.acknowledged()).isEqualTo(3);
    }

    @Test
    void damageBeforeTheNewestBatchIsNamedByFileAndOffset() {
        scenario.append(3, 100);
        int end = endOfRecords();
        scenario.append(1, 100);
        scenario.append(1, 100);
        scenario.log.close();

        scenario.disk.flipBit(FIRST, end + 60);

        assertFails(Reason.CORRUPT, scenario::reopen).hasMessageContaining("faulty/" + FIRST + " at offset " + end);
    }

    @Test
    void damageInASegmentThatHasASuccessorIsRefused() {
        scenario.append(3, 100);
        scenario.reopen();
        scenario.append(1, 100);
        scenario.log.close();

        scenario.disk.flipBit(FIRST, SegmentHeader.BYTES + 60);

        assertFails(Reason.CORRUPT, scenario::reopen).hasMessageContaining("at offset " + SegmentHeader.BYTES);
    }

    @Test
    void damagedHeaderIsRefused() {
        scenario.append(3, 100);
        scenario.log.close();

        scenario.disk.flipBit(FIRST, 30);

        assertFails(Reason.CORRUPT, scenario::reopen).hasMessageContaining("header");
    }

    @Test
    void truncatedNewestSegmentIsCutAtItsLastWholeEntry() {
        scenario.append(3, 100);
        int end = endOfRecords();
        scenario.append(3, 100);
        scenario.log.close();

        scenario.disk.truncate(FIRST, end + 20);

        scenario.reopenExpectingAtLeast(3);
        assertThat(scenario.acknowledged()).isEqualTo(3);
        scenario.append(1, 100);
        scenario.reopen();
    }

    @Test
    void missingSegmentIsRefused() {
        for (int i = 0; i < 3; i++) {
            scenario.append(3, 100);
            scenario.reopen();
        }
        scenario.log.close();

        scenario.disk.delete("00000002.seg");

        assertFails(Reason.CORRUPT, scenario::reopen).hasMessageContaining("missing");
    }

    @Test
    void missingFirstSegmentIsRefusedUnlessTheStateHasItsEntries() {
        scenario.append(3, 100);
        scenario.reopen();
        scenario.append(3, 100);
        scenario.log.close();
        scenario.disk.delete(FIRST);

        assertFails(Reason.CORRUPT, scenario::reopen).hasMessageContaining("entries 1 to 3");
        scenario.apply(3);
        scenario.reopen();
        assertThat(scenario.log.last().seq()).isEqualTo(6);
    }

    @Test
    void lostLogGoesOnBehindTheState() {
        scenario.append(3, 100);
        scenario.applyAll();
        scenario.log.close();
        List.copyOf(scenario.disk.names()).forEach(scenario.disk::delete);

        scenario.reopen();
        scenario.append(1, 100);
        scenario.crash();

        assertThat(scenario.log.last().seq()).isEqualTo(4);
    }

    @Test
    void segmentThatWasGivenFreeMayBeFoundHalfOverwritten() {
        for (int i = 0; i < 5; i++) {
            scenario.append(1, 100);
        }
        scenario.reopen();
        scenario.applyAll();
        scenario.log.close();

        scenario.disk.flipBit(FIRST, SegmentHeader.BYTES + 60);

        scenario.reopen();
        scenario.append(1, 100);
        scenario.crash();
    }

    @Test
    void segmentOfAnotherStoreIsRefused() {
        scenario.append(3, 100);
        scenario.log.close();
        LogOptions other = new LogOptions(new UUID(3, 4), LogScenario.SEGMENT, 3, 0, 0);

        assertFails(Reason.CORRUPT, () -> FileCommitLog.open(scenario.disk, other, Position.START, EpochTable.EMPTY))
                .hasMessageContaining("another store");
    }

    @Test
    void stateThatDisagreesWithTheLogIsRefused() {
        scenario.append(3, 100);
        Position three = scenario.log.last();
        LogScenario other = new LogScenario(8);
        other.append(3, 100);
        other.log.close();

        assertFails(Reason.CORRUPT, () -> FileCommitLog.open(other.disk, LogScenario.OPTIONS, three, EpochTable.EMPTY))
                .hasMessageContaining("disagree");
    }

    @Test
    void unknownLogFormatIsRefused() {
        SegmentHeader header = new SegmentHeader(1, 2, LogScenario.STORE, Position.START);
        ByteBuffer known = ByteBuffer.allocate(SegmentHeader.BYTES);
        ByteBuffer unknown = ByteBuffer.allocate(SegmentHeader.BYTES);
        header.put(known);
        header.put(unknown, 2);

        assertThat(SegmentHeader.read(known.flip())).isEqualTo(new SegmentHeader.Reading.Used(header));
        assertThat(SegmentHeader.read(unknown.flip())).isEqualTo(new SegmentHeader.Reading.OtherVersion(2));
    }

    @Test
    void logOnARealFolderKeepsEntries(@TempDir Path folder) {
        List<byte[]> payloads = List.of(new byte[] {1}, new byte[200_000], new byte[] {3});
        FileCommitLog log = FileCommitLog.open(folder, LogScenario.OPTIONS, Position.START, EpochTable.EMPTY);
        log.append(new Epoch(1), payloads, through -> {});
        log.close();

        FileCommitLog again = FileCommitLog.open(folder, LogScenario.OPTIONS, Position.START, EpochTable.EMPTY);
        List<byte[]> found = again.read(0, 1 << 20).stream().map(LogEntry::payload).toList();
        again.close();

        assertThat(found).hasSize(3);
        assertThat(found.get(1)).isEqualTo(payloads.get(1));
    }

    @Test
    void cutEntriesAreGoneAndOthersTakeTheirPlace() {
        scenario.append(20, 3000);
        scenario.cut(7);
        assertThat(scenario.log.last()).isEqualTo(scenario.position(7));
        scenario.append(5, 100);

        scenario.crash();

        assertThat(scenario.acknowledged()).isEqualTo(12);
        scenario.checkAll();
    }

    @Test
    void cutOverSeveralSegmentsGivesTheirFilesFree() {
        for (int i = 0; i < 40; i++) {
            scenario.append(10, 3000);
        }
        int files = scenario.disk.names().size();

        scenario.cut(15);
        scenario.append(10, 3000);

        assertThat(scenario.disk.names()).hasSizeLessThan(files);
        scenario.crash();
        scenario.checkAll();
    }

    @Test
    void cutIsNotMistakenForDamageAfterSeveralStarts() {
        scenario.append(9, 3000);
        for (int i = 8; i > 3; i--) {
            scenario.cut(i);
            scenario.reopen();
        }
        scenario.append(3, 100);

        scenario.crash();

        assertThat(scenario.acknowledged()).isEqualTo(7);
    }

    @Test
    void cutEntriesStayGoneIfTheFileThatTellsOfTheCutIsLost() {
        scenario.append(9, 3000);
        scenario.cut(4);
        scenario.log.close();

        loseAllButTheFirst(scenario);

        scenario.reopenExpectingAtLeast(4);
        assertThat(scenario.acknowledged()).isEqualTo(4);
    }

    private static void loseAllButTheFirst(LogScenario of) {
        of.disk.names().stream().filter(name -> !name.equals(FIRST)).forEach(of.disk::delete);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nextStartFinishesACutThatACrashInterrupted(long seed) {
        LogScenario crashed = new LogScenario(seed);
        for (int i = 0; i < 12; i++) {
            crashed.append(10, 3000);
        }
        crashed.disk.failFlushAfter(1);
        assertFails(Reason.IO, () -> crashed.log.cut(4));
        crashed.crashedIntoCut(4);

        assertThat(crashed.disk.names().stream().filter(name -> beginsBehind(crashed, name, 4))).hasSize(1);
        crashed.log.close();
        loseAllButTheFirst(crashed);
        crashed.reopenExpectingAtLeast(4);
        assertThat(crashed.acknowledged()).isEqualTo(4);
        crashed.log.close();
    }

    private static boolean beginsBehind(LogScenario of, String name, long seq) {
        ByteBuffer page = ByteBuffer.wrap(of.disk.bytes(name), 0, SegmentHeader.BYTES).slice();
        return SegmentHeader.read(page) instanceof SegmentHeader.Reading.Used(SegmentHeader header)
                && header.before().seq() >= seq;
    }

    @Test
    void cutOnAFullDiskChangesNothingAndMayBeRepeated() {
        scenario.append(9, 3000);
        scenario.disk.fillUpAfter(0);

        assertFails(Reason.DISK_FULL, () -> scenario.cut(4));

        scenario.reopen();
        assertThat(scenario.acknowledged()).isEqualTo(9);
        scenario.cut(4);
        scenario.reopen();
    }

    @Test
    void entriesOfAnotherMasterHaveToContinueTheChain() {
        LogScenario other = new LogScenario(8);
        other.append(3, 100);
        scenario.append(2, 100);

        assertFails(Reason.REJECTED, () -> scenario.log.append(other.log.read(2, 100)));
        assertFails(Reason.REJECTED, () -> scenario.log.append(other.log.read(0, 1000)));

        scenario.append(1, 100);
        scenario.reopen();
        other.log.close();
    }

    @Test
    void emptyEntryIsRejectedBecauseTheLogCouldNotReadIt() {
        Position first = new Position(
                new Epoch(1), 1, new ChainHash.Chain().next(ChainHash.START, 1, 1, new byte[0]));

        assertFails(Reason.REJECTED, () -> scenario.log.append(List.of(new LogEntry(first, new byte[0]))));
    }

    @Test
    void logIsKeptForLaggardsUpToItsBoundAndForMembersBeyondIt() {
        LogScenario kept = new LogScenario(9, new LogOptions(LogScenario.STORE, LogScenario.SEGMENT, 3, 0, 300 << 10));
        for (int i = 0; i < 40; i++) {
            kept.append(10, 3000);
        }
        kept.log.retainBehind(15);
        kept.applyAll();
        assertThat(kept.log.has(15)).isTrue();

        kept.log.retainBehind(Long.MAX_VALUE);

        assertThat(kept.log.has(15)).isFalse();
        assertFails(Reason.CORRUPT, () -> kept.log.read(15, 100)).hasMessageContaining("not in the log any more");
        assertThat(kept.log.has(kept.acknowledged() - 40)).isTrue();
        kept.checkAll();
        kept.crash();
        assertThat(kept.log.has(kept.acknowledged() - 40)).isTrue();
        kept.checkAll();
        kept.log.close();
    }

    @Test
    void damageInWhatIsKeptForLaggardsOnlyCostsThemTheLog() {
        LogScenario kept = new LogScenario(9, new LogOptions(LogScenario.STORE, LogScenario.SEGMENT, 3, 0, 300 << 10));
        for (int i = 0; i < 20; i++) {
            kept.append(10, 3000);
        }
        kept.applyAll();
        kept.log.close();
        kept.disk.flipBit("00000002.seg", SegmentHeader.BYTES + 60);

        kept.reopen();
        kept.log.retainBehind(0);
        assertThat(kept.log.has(0)).isTrue();
        long inDamaged = kept.log.read(0, Long.MAX_VALUE).getLast().position().seq();
        assertFails(Reason.CORRUPT, () -> kept.log.read(inDamaged, 100))
                .hasMessageContaining("not in the log any more");

        assertThat(kept.log.has(inDamaged)).isFalse();
        assertThat(kept.log.position(inDamaged)).isNull();
        kept.checkAll();
        kept.append(1, 100);
        kept.log.close();
    }

    @Test
    void positionsAreKnownAsFarAsTheLogGoes() {
        for (int i = 0; i < 10; i++) {
            scenario.append(10, 3000);
        }
        for (int seq = 1; seq <= 100; seq++) {
            assertThat(scenario.log.position(seq)).isEqualTo(scenario.position(seq));
        }
        assertThat(scenario.log.position(101)).isNull();
        scenario.applyAll();
        assertThat(scenario.log.position(1)).isNull();
    }

    @Test
    void readersGoOnWhileTheLogIsWrittenAndReleased() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread reader = Thread.ofPlatform().start(() -> readAll(2000, failure));
        for (int i = 0; i < 200; i++) {
            scenario.append(10, 1000);
            scenario.apply(5);
        }
        reader.join();

        assertThat(failure.get()).isNull();
    }

    private void readAll(int count, AtomicReference<Throwable> failure) {
        try {
            long next = 0;
            while (next < count) {
                next = scenario.log.has(next) ? next : scenario.log.last().seq();
                for (LogEntry entry : read(next)) {
                    assertThat(entry.position().seq()).isEqualTo(next + 1);
                    next++;
                }
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    /** What was released between two calls is not an error of the log. */
    private List<LogEntry> read(long after) {
        try {
            return scenario.log.read(after, 5000);
        } catch (StorageException e) {
            assertThat(scenario.log.has(after)).as(e.getMessage()).isFalse();
            return List.of();
        }
    }

    private int endOfRecords() {
        byte[] bytes = scenario.disk.bytes(FIRST);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return (end + 7) & -8;
    }
}
