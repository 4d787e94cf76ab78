// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
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

/**
 * A client of a simulated star. It keeps its own commits as it made them, for uploading, and in the form that they have
 * after what it downloaded since, for merging the next download with them.
 */
final class SimulatedClient {
    private final FileIdent ident;
    private final ObjectState state = new ObjectState(StateAccess.EMPTY);
    private final RandomEdits edits;
    private final List<Commit> commits = new ArrayList<>();
    private Cursor cursor = new Cursor(0, 0);
    private long version;
    private long acknowledged;
    private long uploaded;
    private long threshold;

    SimulatedClient(FileIdent ident, Random random) {
        this.ident = ident;
        this.edits = new RandomEdits(random, ident.value(), state);
    }

    /** One commit of the application. */
    private static final class Commit {
        private final long version;
        private final long base;
        private final long timestamp;
        private final byte[] made;
        private Changeset form;

        Commit(long version, long base, long timestamp, Changeset made) {
            this.version = version;
            this.base = base;
            this.timestamp = timestamp;
            this.made = ChangesetEncoder.encode(made);
            this.form = ChangesetParser.parse(this.made);
        }
    }

    FileIdent ident() {
        return ident;
    }

    ObjectState state() {
        return state;
    }

    /** Lets the application commit, once it has downloaded the schema. */
    void commit(long timestamp) {
        if (cursor.serverVersion() > 0) {
            Changeset made = edits.transaction();
            state.drain();
            version++;
            commits.add(new Commit(version, cursor.serverVersion(), timestamp, made));
        }
    }

    /** Opens a session: what was not acknowledged goes up again. */
    void connect(SimulatedServer server) {
        uploaded = acknowledged;
        threshold = server.history().progress(ident).clientVersion();
    }

    /** Uploads the next commits of this session, at most so many; none left, it reports progress only. */
    void upload(SimulatedServer server, int limit) {
        List<Commit> rest = commits.stream()
                .filter(commit -> commit.version > uploaded)
                .toList();
        boolean all = rest.size() <= limit;
        List<Commit> next = all ? rest : rest.subList(0, limit);
        long progress = all ? version : next.getLast().version;
        long base = all ? cursor.serverVersion() : next.getLast().base;
        List<UploadedChangeset> changesets = next.stream()
                .map(commit -> new UploadedChangeset(
                        commit.version, commit.base, commit.timestamp, ChangesetParser.parse(commit.made)))
                .toList();
        Upload upload = new Upload(ident, changesets, progress, base, base);
        server.receive(upload.withoutRepetitions(threshold));
        uploaded = progress;
    }

    /** Downloads and integrates one message; the connection may break before the client has it. */
    void download(SimulatedServer server, long softByteLimit, boolean lost) {
        Batch batch = server.download(ident, cursor, softByteLimit);
        long acknowledgement = server.history().progress(ident).clientVersion();
        if (lost) {
            return;
        }
        batch.items().forEach(this::integrate);
        if (!batch.items().isEmpty()) {
            version++;
        }
        state.drain();
        cursor = batch.cursor();
        acknowledged = acknowledgement;
        commits.removeIf(commit -> commit.version <= cursor.clientVersion() && commit.version <= acknowledged);
    }

    private void integrate(Item item) {
        List<Commit> unseen = commits.stream()
                .filter(commit -> commit.version > item.clientVersion() && commit.made.length > 0)
                .toList();
        List<StampedChangeset> local = unseen.stream()
                .map(commit -> new StampedChangeset(commit.version, commit.timestamp, ident.value(), commit.form))
                .toList();
        MainEntry entry = item.entry();
        StampedChangeset incoming = new StampedChangeset(
                entry.serverVersion(),
                entry.originTimestamp(),
                entry.originForOthers(),
                ChangesetParser.parse(entry.changeset()));
        MergeResult result = Transformer.transform(local, List.of(incoming));
        for (int i = 0; i < unseen.size(); i++) {
            unseen.get(i).form = result.local().get(i).changeset();
        }
        state.apply(result.incoming().getFirst().changeset());
    }

    /** Whether nothing is on the way in either direction. */
    boolean isQuiet(SimulatedServer server) {
        return cursor.serverVersion() == server.history().head()
                && server.history().progress(ident).clientVersion() == version;
    }
}
