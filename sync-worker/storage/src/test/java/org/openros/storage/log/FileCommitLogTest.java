// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        LogOptions other = new LogOptions(new UUID(3, 4), LogScenario.SEGMENT, 3);

        assertFails(Reason.CORRUPT, () -> FileCommitLog.open(scenario.disk, other, Position.START))
                .hasMessageContaining("another store");
    }

    @Test
    void stateThatDisagreesWithTheLogIsRefused() {
        scenario.append(3, 100);
        Position three = scenario.log.last();
        LogScenario other = new LogScenario(8);
        other.append(3, 100);
        other.log.close();

        assertFails(Reason.CORRUPT, () -> FileCommitLog.open(other.disk, LogScenario.OPTIONS, three))
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
        FileCommitLog log = FileCommitLog.open(folder, LogScenario.OPTIONS, Position.START);
        log.append(payloads);
        log.close();

        List<byte[]> found = new ArrayList<>();
        FileCommitLog again = FileCommitLog.open(folder, LogScenario.OPTIONS, Position.START);
        again.replay(0, (position, payload) -> found.add(payload));
        again.close();

        assertThat(found).hasSize(3);
        assertThat(found.get(1)).isEqualTo(payloads.get(1));
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
