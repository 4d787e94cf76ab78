// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.List;
import java.util.Random;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.ChangesetParser;
import org.openros.changeset.state.ObjectState;
import org.openros.changeset.state.StateAccess;
import org.openros.domain.FileIdent;
import org.openros.merge.DownloadScan.Batch;
import org.openros.merge.DownloadScan.Cursor;
import org.openros.merge.DownloadScan.Item;

import static org.assertj.core.api.Assertions.assertThat;

/** The server of a simulated star: history and state of one realm. */
final class SimulatedServer {
    private final MemoryHistory history;
    private final ObjectState state = new ObjectState(StateAccess.EMPTY);
    private final RandomEdits edits;

    SimulatedServer(Random random, boolean trims) {
        history = new MemoryHistory(trims);
        edits = new RandomEdits(random, FileIdent.SERVER.value(), state);
        append(0, SampleSchema.changeset());
    }

    MemoryHistory history() {
        return history;
    }

    ObjectState state() {
        return state;
    }

    void receive(Upload upload) {
        Integration integration = history.plan(upload);
        integration.entries().forEach(entry -> state.apply(entry.changeset()));
        state.drain();
        history.commit(upload.client(), integration);
    }

    /** Makes a change of its own. */
    void write(long originTimestamp) {
        Changeset changeset = edits.transaction();
        state.drain();
        history.write(originTimestamp, ChangesetEncoder.encode(changeset));
    }

    private void append(long originTimestamp, Changeset changeset) {
        state.apply(changeset);
        state.drain();
        history.write(originTimestamp, ChangesetEncoder.encode(changeset));
    }

    Batch download(FileIdent client, Cursor cursor, long softByteLimit) {
        Batch batch = DownloadScan.scan(history, client, cursor, history.head(), softByteLimit);
        for (Item item : batch.items()) {
            assertThat(item.clientVersion())
                    .isEqualTo(lastIntegrated(client, item.entry().serverVersion()));
        }
        return batch;
    }

    /** The last client version that was integrated before an entry, counted the long way. */
    private long lastIntegrated(FileIdent client, long version) {
        List<MainEntry> entries = history.entriesAbove(0);
        return entries.stream()
                .filter(entry -> entry.serverVersion() < version && entry.origin() == client.value())
                .mapToLong(MainEntry::clientVersion)
                .max()
                .orElse(0);
    }

    /** The state that somebody gets who reads the whole history. */
    ObjectState replayed() {
        ObjectState replayed = new ObjectState(StateAccess.EMPTY);
        for (MainEntry entry : history.entriesAbove(0)) {
            replayed.apply(ChangesetParser.parse(entry.changeset()));
        }
        return replayed;
    }
}
