// SPDX-License-Identifier: Apache-2.0
package org.openros.history;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HistoryFileTest {
    private static final List<Entry> EVERY_KIND = List.of(
            new Entry.Sent(1, "ann", "/a", 1, new Operation.Insert("k1")),
            new Entry.Sent(2, "ann", "/a", 2, new Operation.Increment("likes", 3)),
            new Entry.Acked(3, "ann", "/a", 2, 7L, 4L, "w1"),
            new Entry.Acked(4, "ann", "/a", 2, null, null, null),
            new Entry.Downloaded(5, "bob", "/a", 7, Long.MIN_VALUE, Long.MAX_VALUE),
            new Entry.Reset(6, "bob", "/a", "bad server version"),
            new Entry.Closed(7, "bob", "/a", "try again"),
            new Entry.NodeState(8, "w1", Entry.NodeState.MASTER, 4, 20, 19),
            new Entry.FaultBegan(9, 1, "kill-master", "w1", false),
            new Entry.FaultEnded(10, 1),
            new Entry.FinalVersion(11, "/a", 7, -5, 6),
            new Entry.FinalContent(12, Holder.node("w1"), "/a", List.of("k1"), Map.of("likes", 3L)),
            new Entry.FinalState(13, Holder.client("bob"), "/a", "ab12"));

    @TempDir
    private Path directory;

    @Test
    void entriesOfEveryKindComeBackAsTheyWere() throws IOException {
        Path file = write(EVERY_KIND);

        assertThat(read(file)).isEqualTo(EVERY_KIND);
        assertThat(Files.readAllLines(file)).hasSameSizeAs(EVERY_KIND);
    }

    @Test
    void aLineIsReadableByOthers() throws IOException {
        assertThat(Files.readAllLines(write(EVERY_KIND.subList(2, 4)))).containsExactly(
                "{\"is\":\"acked\",\"at\":3,\"client\":\"ann\",\"realm\":\"/a\",\"change\":2,\"version\":7,\"epoch\":4,\"node\":\"w1\"}",
                "{\"is\":\"acked\",\"at\":4,\"client\":\"ann\",\"realm\":\"/a\",\"change\":2}");
    }

    @Test
    void aTornLastLineIsNotRead() throws IOException {
        Path file = write(EVERY_KIND);
        Files.writeString(file, "{\"is\":\"reset\",\"at\":3,\"cli", StandardOpenOption.APPEND);

        assertThat(read(file)).isEqualTo(EVERY_KIND);
    }

    @Test
    void aDamagedLineInTheMiddleIsToldByItsNumber() throws IOException {
        Path file = write(EVERY_KIND.subList(0, 2));
        Files.writeString(file, "{\"is\":\"res\n{}\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> read(file)).isInstanceOf(DamagedHistoryException.class).hasMessageContaining("line 3");
    }

    @Test
    void linesAreBoundedWhenWrittenAndWhenRead() {
        String key = "k".repeat(HistoryWriter.LONGEST_LINE);
        try (HistoryWriter writer = new HistoryWriter(new ByteArrayOutputStream())) {
            assertThatThrownBy(() -> writer.write(new Entry.Sent(1, "ann", "/a", 1, new Operation.Insert(key))))
                    .isInstanceOf(IllegalArgumentException.class);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        HistoryReader reader =
                new HistoryReader(new ByteArrayInputStream((key + "k\n").getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(reader::read).isInstanceOf(DamagedHistoryException.class).hasMessageContaining("longer");
    }

    private Path write(List<Entry> entries) throws IOException {
        Path file = directory.resolve("history.jsonl");
        try (HistoryWriter writer = HistoryWriter.to(file)) {
            for (Entry entry : entries) {
                writer.write(entry);
            }
        }
        return file;
    }

    private static List<Entry> read(Path file) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (HistoryReader reader = HistoryReader.of(file)) {
            for (Entry entry = reader.read(); entry != null; entry = reader.read()) {
                entries.add(entry);
            }
        }
        return entries;
    }
}
