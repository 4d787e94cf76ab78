// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import org.junit.jupiter.api.Test;
import org.openros.domain.FileIdent;
import org.openros.merge.DownloadScan.Batch;
import org.openros.merge.DownloadScan.Cursor;
import org.openros.merge.DownloadScan.Item;

import static org.assertj.core.api.Assertions.assertThat;

/** What one DOWNLOAD carries, and how far it brings the client. */
class DownloadScanTest {
    private static final FileIdent READER = new FileIdent(2);
    private static final MainEntry[] ENTRIES = {
        entry(1, 3, 10), entry(2, 2, 10), entry(3, 3, 10), entry(4, 2, 10), entry(5, 0, 10), entry(6, 3, 0)
    };

    private static MainEntry entry(long version, long origin, int size) {
        return new MainEntry(version, origin, origin == 0 ? 0 : 100 + version, 0, new byte[size]);
    }

    private static Batch scan(Cursor cursor, long head, long limit) {
        return DownloadScan.scan(DownloadScanTest::walk, READER, cursor, head, limit);
    }

    private static void walk(long after, long through, HistorySource.Visitor visitor) {
        for (long version = after + 1; version <= through; version++) {
            if (!visitor.visit(ENTRIES[(int) version - 1])) {
                return;
            }
        }
    }

    @Test
    void eachEntryTellsWhichOwnChangesCameBeforeIt() {
        Batch batch = scan(new Cursor(0, 7), 6, 1_000);
        assertThat(batch.items()).extracting(Item::clientVersion).containsExactly(7L, 102L, 104L);
        assertThat(batch.items())
                .extracting(item -> item.entry().serverVersion())
                .containsExactly(1L, 3L, 5L);
    }

    @Test
    void completeWalkEndsAtTheHead() {
        assertThat(scan(new Cursor(0, 7), 6, 1_000).cursor()).isEqualTo(new Cursor(6, 104));
    }

    @Test
    void entryThatExceedsTheLimitIsTheLastOneSent() {
        Batch batch = scan(new Cursor(0, 7), 6, 15);
        assertThat(batch.cursor()).isEqualTo(new Cursor(3, 102));
        assertThat(batch.bytes()).isEqualTo(20);
    }

    @Test
    void entryThatReachesTheLimitIsNotTheLastOneSent() {
        assertThat(scan(new Cursor(0, 7), 6, 10).items()).hasSize(2);
    }

    @Test
    void ownChangesMoveTheCursorWithoutAnyEntry() {
        Batch batch = scan(new Cursor(3, 102), 4, 1_000);
        assertThat(batch.items()).isEmpty();
        assertThat(batch.cursor()).isEqualTo(new Cursor(4, 104));
    }

    @Test
    void nothingHappensAtTheHead() {
        assertThat(scan(new Cursor(6, 104), 6, 1_000).cursor()).isEqualTo(new Cursor(6, 104));
    }

    @Test
    void serverChangesComeFromFileOne() {
        assertThat(scan(new Cursor(4, 104), 5, 1_000).items())
                .singleElement()
                .returns(1L, item -> item.entry().originForOthers());
    }
}
