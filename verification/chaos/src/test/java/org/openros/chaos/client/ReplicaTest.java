// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.history.Entry;
import org.openros.history.HistoryReader;
import org.openros.history.Operation;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.DownloadEntry;
import org.openros.protocol.DownloadProgress;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.UploadEntry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ReplicaTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Recorder recorder;
    @SuppressWarnings("NullAway.Init")
    private Replica replica;

    @BeforeEach
    void open() throws IOException {
        recorder = new Recorder(folder.resolve("history.jsonl"));
        replica = new Replica("me", "realm", recorder, false);
        replica.name(new ServerMessage.Ident(1, 7, 77));
    }

    @AfterEach
    void close() throws IOException {
        recorder.close();
    }

    private static ServerMessage.Download download(long version, long uploaded, List<DownloadEntry> entries) {
        return ServerMessage.Download.of(1, new DownloadProgress(version, 0, version, 99, uploaded, 0), 0, entries);
    }

    @Test
    void whatIsNotAcknowledgedIsUploadedAgainAsItWas() {
        UploadEntry first = replica.write(new Operation.Insert("one"));
        UploadEntry second = replica.write(new Operation.Insert("two"));
        replica.download(download(5, first.clientVersion(), List.of()));

        assertThat(replica.unacknowledged()).containsExactly(second);
        var upload = (ClientMessage.Upload) replica.upload(3, replica.unacknowledged());
        assertThat(upload.progress().clientVersion()).isEqualTo(second.clientVersion());
        assertThat(upload.progress().serverVersion()).isEqualTo(second.serverVersion());
        assertThat(upload.progress().lockedServerVersion()).isEqualTo(5);
    }

    @Test
    void fileComesBackWithItsIdentifierAndCursors() {
        byte[] changeset = Changes.encode(new Operation.Insert("theirs"));
        replica.download(download(4, 0, List.of(new DownloadEntry(4, 0, 1, 9, changeset.length, changeset))));

        assertThat(replica.ident(8)).isEqualTo(new ClientMessage.Ident(8, 7, 77, 4, 0, 4, 99));
        assertThat(replica.content().keys()).containsExactly("theirs");
    }

    @Test
    void versionThatGoesBackIsNotTaken() {
        replica.download(download(6, 0, List.of()));

        assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> replica.download(download(5, 0, List.of())));
    }

    @Test
    void historyHasWhatWasSentAcknowledgedAndReceived() throws IOException {
        byte[] changeset = Changes.encode(new Operation.Insert("theirs"));
        UploadEntry mine = replica.write(new Operation.Increment("1", 3));
        replica.download(download(2, mine.clientVersion(),
                List.of(new DownloadEntry(2, 0, 1, 9, changeset.length, changeset))));
        recorder.close();

        List<Class<?>> kinds = new ArrayList<>();
        try (HistoryReader history = HistoryReader.of(folder.resolve("history.jsonl"))) {
            for (Entry entry = history.read(); entry != null; entry = history.read()) {
                kinds.add(entry.getClass());
            }
        }
        assertThat(kinds)
                .containsExactly(Entry.Sent.class, Entry.Downloaded.class, Entry.Downloaded.class, Entry.Acked.class);
    }
}
