// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.history.Entry;
import org.openros.history.Operation;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.DownloadChecker;
import org.openros.protocol.DownloadEntry;
import org.openros.protocol.DownloadProgress;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;

/**
 * What a stock client keeps in its file: identifier, cursors, changes that are not acknowledged yet, content. It
 * outlives sessions and connections. Confined to one thread.
 */
final class Replica {
    private static final int MAX_BODY_BYTES = 256 << 20;
    private static final long EPOCH_MILLIS = 1_420_070_400_000L;

    private final String client;
    private final String realm;
    private final Recorder recorder;
    private final boolean auditor;
    private final Content content = new Content();
    private final Deque<UploadEntry> unacknowledged = new ArrayDeque<>();
    private ServerMessage.@Nullable Ident given;
    private DownloadChecker checker = new DownloadChecker(0, DownloadProgress.ZERO);
    private long newestVersion = 1;
    private long newestSalted;

    /**
     * An empty file.
     *
     * @param auditor whether what it downloads is the final history
     */
    Replica(String client, String realm, Recorder recorder, boolean auditor) {
        this.auditor = auditor;
        this.client = client;
        this.realm = realm;
        this.recorder = recorder;
    }

    String client() {
        return client;
    }

    String realm() {
        return realm;
    }

    Content content() {
        return content;
    }

    boolean named() {
        return given != null;
    }

    /** Takes over the identifier that the server gave. */
    void name(ServerMessage.Ident ident) {
        given = ident;
        checker = new DownloadChecker(ident.fileIdent(), DownloadProgress.ZERO);
    }

    /** The message by which the file comes back. */
    ClientMessage ident(long session) {
        ServerMessage.Ident own = given;
        if (own == null) {
            throw new IllegalStateException("the file has no identifier yet");
        }
        DownloadProgress progress = checker.progress();
        return new ClientMessage.Ident(session, own.fileIdent(), own.salt(), progress.downloadServerVersion(),
                progress.downloadClientVersion(), progress.latestServerVersion(), progress.latestServerVersionSalt());
    }

    /** Writes the schema; it is no operation of the history. */
    void writeSchema() {
        append(Changes.schema());
    }

    /** Does an operation, records it, and returns what is to be uploaded. */
    UploadEntry write(Operation operation) {
        switch (operation) {
            case Operation.Insert insert -> content.insert(insert.key());
            case Operation.Increment increment -> content.increment(increment.counter(), increment.by());
        }
        UploadEntry entry = append(Changes.encode(operation));
        recorder.record(at -> new Entry.Sent(at, client, realm, entry.clientVersion(), operation));
        return entry;
    }

    private UploadEntry append(byte[] changeset) {
        long base = checker.progress().downloadServerVersion();
        UploadEntry entry =
                new UploadEntry(++newestVersion, base, System.currentTimeMillis() - EPOCH_MILLIS, 0, changeset);
        unacknowledged.add(entry);
        recorder.sent(1);
        return entry;
    }

    /** What has to be uploaded after the file came back. */
    List<UploadEntry> unacknowledged() {
        return List.copyOf(unacknowledged);
    }

    /**
     * An UPLOAD of changes. Its progress is that of the last of them, which was made before some downloads, perhaps.
     */
    ClientMessage upload(long session, List<UploadEntry> entries) {
        UploadEntry last = entries.getLast();
        UploadProgress progress = new UploadProgress(
                last.clientVersion(), last.serverVersion(), checker.progress().downloadServerVersion());
        return new ClientMessage.Upload(session, progress, UploadEntry.encode(entries));
    }

    /**
     * Takes over a DOWNLOAD, checked as a stock client checks it.
     *
     * @throws DownloadChecker.BrokenRule if a stock client would not take it
     */
    void download(ServerMessage.Download message) {
        for (DownloadEntry entry : checker.accept(message, newestVersion, MAX_BODY_BYTES)) {
            Changes.apply(entry.changeset(), content);
            long hash = ByteBuffer.wrap(Content.sha256().digest(entry.changeset())).getLong();
            recorder.record(at -> auditor
                    ? new Entry.FinalVersion(at, realm, entry.serverVersion(), 0, hash)
                    : new Entry.Downloaded(at, client, realm, entry.serverVersion(), 0, hash));
        }
        recordSalt(checker.progress());
        acknowledge(checker.progress().uploadClientVersion());
    }

    /** A client hears the salt of the newest version only; so salts are versions of a realm of their own. */
    private void recordSalt(DownloadProgress progress) {
        long newest = progress.latestServerVersion();
        if (newest > newestSalted) {
            newestSalted = newest;
            recorder.record(at -> new Entry.Downloaded(
                    at, client, realm + " salts", newest, progress.latestServerVersionSalt(), 0));
        }
    }

    private void acknowledge(long clientVersion) {
        int count = 0;
        while (!unacknowledged.isEmpty() && unacknowledged.getFirst().clientVersion() <= clientVersion) {
            unacknowledged.removeFirst();
            count++;
        }
        if (count > 0) {
            recorder.record(at -> new Entry.Acked(at, client, realm, clientVersion, null, null, null));
            recorder.acked(count);
        }
    }
}
