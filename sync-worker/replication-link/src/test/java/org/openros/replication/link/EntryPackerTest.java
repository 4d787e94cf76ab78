// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.openros.domain.Epoch;
import org.openros.domain.log.LogEntry;
import org.openros.replication.frame.Frame;
import org.openros.replication.link.wire.Entries;
import org.openros.replication.link.wire.Entry;
import org.openros.replication.link.wire.MasterFrame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EntryPackerTest {
    private static final Epoch EPOCH = new Epoch(4);

    @RepeatedTest(20)
    void entriesComeOutAsTheyWentInAndFramesAreBounded() throws InvalidProtocolBufferException {
        long seed = new Random().nextLong();
        List<LogEntry> entries = entries(new Random(seed));
        EntryPacker packer = new EntryPacker(EPOCH);
        EntryUnpacker unpacker = new EntryUnpacker();
        List<LogEntry> out = new ArrayList<>();

        packer.take(entries);
        while (!packer.isEmpty()) {
            MasterFrame frame = packer.frame(17);
            assertThat(frame.getSerializedSize()).as("seed %s", seed).isLessThan(EntryPacker.FRAME_BYTES + 1024);
            Frame.Entries came = unpacker.unpack(
                    EPOCH, MasterFrame.parseFrom(frame.toByteArray()).getEntries());
            if (came != null) {
                assertThat(came.commitSeq()).isEqualTo(17);
                assertThat(packer.lastSeq())
                        .as("seed %s", seed)
                        .isGreaterThanOrEqualTo(came.entries().getLast().position().seq());
                out.addAll(came.entries());
            }
        }

        assertThat(out).as("seed %s", seed).hasSameSizeAs(entries);
        for (int i = 0; i < out.size(); i++) {
            assertThat(out.get(i).position()).as("seed %s", seed).isEqualTo(entries.get(i).position());
            assertThat(out.get(i).payload()).as("seed %s", seed).isEqualTo(entries.get(i).payload());
        }
    }

    private static List<LogEntry> entries(Random random) {
        FakeLog log = new FakeLog();
        int longest = random.nextBoolean() ? 300 : 4 * EntryPacker.FRAME_BYTES;
        for (int i = random.nextInt(1, 400); i > 0; i--) {
            byte[] payload = new byte[random.nextInt(longest)];
            random.nextBytes(payload);
            log.append(EPOCH, payload);
        }
        return log.read(0, Long.MAX_VALUE);
    }

    @Test
    void entryThatIsTooLongIsRefusedBeforeItHasMemory() {
        assertRefused(piece(1, 10, EntryUnpacker.MAX_PAYLOAD_BYTES));
        assertRefused(piece(1, 10, -1));
    }

    @Test
    void piecesThatDoNotFitAreRefused() {
        assertRefused(piece(1, 10, 20), piece(2, 10, 10));
        assertRefused(piece(1, 10, 20), piece(1, 10, 20));
        assertRefused(piece(1, 10, 20), piece(1, 30, 0));
        assertRefused(piece(1, 10, 20), piece(1, 20, 5));
        assertRefused(piece(1, 10, 20), piece(2, 5, 0));
    }

    private static void assertRefused(Entry... pieces) {
        Entries frame = Entries.newBuilder().addAllEntries(List.of(pieces)).build();
        assertThatIllegalArgumentException().isThrownBy(() -> new EntryUnpacker().unpack(EPOCH, frame));
    }

    private static Entry piece(long seq, int length, int missing) {
        return Entry.newBuilder()
                .setEpoch(4)
                .setSeq(seq)
                .setPayload(ByteString.copyFrom(new byte[length]))
                .setMissing(missing)
                .build();
    }
}
