// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openros.domain.FileIdent;
import org.openros.storage.ClientFile;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.Write;
import org.openros.storage.WriteSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openros.storage.Realms.CLIENT;
import static org.openros.storage.Realms.NOTES;
import static org.openros.storage.Realms.bytes;
import static org.openros.storage.Realms.entry;
import static org.openros.storage.Realms.putState;

final class WriteSetCodecTest {
    private static final WriteSet ALL_KINDS = new WriteSet(NOTES, List.of(
            new Write.EraseRealm(),
            new Write.PutEntry(entry(7, 20)),
            new Write.PutClientFile(new ClientFile(new FileIdent(5), 1, 2, 3, 4, true)),
            new Write.PutReciprocal(CLIENT, 9, bytes("form")),
            new Write.TrimReciprocal(CLIENT, 8),
            putState("key", "value"),
            new Write.DeleteState(bytes("gone")),
            new Write.DeleteStatePrefix(new byte[0])));

    @Test
    void everyKindOfWriteIsReadBack() {
        WriteSet read = WriteSetCodec.decode(WriteSetCodec.encode(ALL_KINDS));

        assertThat(read).usingRecursiveComparison().isEqualTo(ALL_KINDS);
    }

    @Test
    void alteredBytesAreReadOrRefusedAsCorrupt() {
        byte[] good = WriteSetCodec.encode(ALL_KINDS);
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length + 4));
            bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            try {
                WriteSetCodec.decode(bad);
            } catch (StorageException e) {
                assertThat(e.reason()).as("seed " + seed).isEqualTo(Reason.CORRUPT);
            }
        }
    }

    @Test
    void noOpIsToldFromAWriteSet() {
        assertThat(EntryCodec.decode(EntryCodec.noOp())).isInstanceOf(EntryContent.NoOp.class);
        assertThat(EntryCodec.decode(WriteSetCodec.encode(ALL_KINDS))).isInstanceOf(EntryContent.Change.class);
    }

    @Test
    void entryOfAnUnknownKindIsCorrupt() {
        assertThatThrownBy(() -> EntryCodec.decode(new byte[] {0, 0, 2}))
                .isInstanceOfSatisfying(StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CORRUPT));
    }

    @Test
    void writeSetBeyondTheLimitIsRejected() {
        byte[] half = new byte[WriteSetCodec.MAX_BYTES / 2];
        Write put = new Write.PutState(bytes("k"), half);

        assertThatThrownBy(() -> WriteSetCodec.encode(new WriteSet(NOTES, List.of(put, put))))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REJECTED));
    }
}
