// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.DownloadChecker;
import org.openros.protocol.DownloadEntry;
import org.openros.protocol.DownloadProgress;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;

/**
 * A session of a new client file: it binds, gets its identifier, downloads everything, and then uploads what it is told
 * to. What the server sends is checked as a stock client checks it. Confined to the connection's event loop.
 */
public final class SyncSession {
    private static final int MAX_BODY_BYTES = 256 << 20;
    private static final long EPOCH_MILLIS = 1_420_070_400_000L;

    private final SyncConnection connection;
    private final String partition;
    private final Listener listener;
    private final CompletableFuture<SyncSession> ready = new CompletableFuture<>();
    private @Nullable DownloadChecker checker;
    private long ident;
    private long newestVersion = 1;
    private long boundAt;

    /** Hears what happens in a session, on the event loop. */
    public interface Listener {
        /** The server has integrated everything up to a client version. */
        default void acknowledged(long clientVersion) {}

        /** Changesets of others have arrived; called before {@link #acknowledged} for the same message. */
        default void received(List<DownloadEntry> entries) {}

        /** The session is over, and it was not meant to be. */
        void failed(Throwable cause);
    }

    SyncSession(SyncConnection connection, String partition, Listener listener) {
        this.connection = connection;
        this.partition = partition;
        this.listener = listener;
    }

    /** Completed when everything that was on the server has been downloaded. */
    public CompletableFuture<SyncSession> ready() {
        return ready;
    }

    /** The connection that the session is on. */
    public SyncConnection connection() {
        return connection;
    }

    /** When BIND was sent, by {@link System#nanoTime}. Safe to read once {@link #ready} is complete. */
    public long boundAt() {
        return boundAt;
    }

    /** Milliseconds of the protocol's own epoch. */
    public static long now() {
        return System.currentTimeMillis() - EPOCH_MILLIS;
    }

    /**
     * Uploads changesets in one message.
     *
     * @param originTimestamp of each of them
     * @return the client version of the last one; each has its own
     */
    public long upload(List<byte[]> changesets, long originTimestamp) {
        long base = progress().downloadServerVersion();
        List<UploadEntry> entries = new ArrayList<>(changesets.size());
        for (byte[] changeset : changesets) {
            entries.add(new UploadEntry(++newestVersion, base, originTimestamp, 0, changeset));
        }
        send(entries);
        return newestVersion;
    }

    /** Reports progress as a stock client does after it integrated a DOWNLOAD, which is a version of its file too. */
    public void reportProgress() {
        newestVersion++;
        send(List.of());
    }

    private void send(List<UploadEntry> entries) {
        long cursor = progress().downloadServerVersion();
        UploadProgress progress = new UploadProgress(newestVersion, cursor, cursor);
        connection.send(new ClientMessage.Upload(ident, progress, UploadEntry.encode(entries)));
    }

    private DownloadProgress progress() {
        return checker == null ? DownloadProgress.ZERO : checker.progress();
    }

    long start(long sessionIdent) {
        ident = sessionIdent;
        boundAt = System.nanoTime();
        connection.send(new ClientMessage.Bind(ident, partition, "", true, false));
        return ident;
    }

    void receive(ServerMessage.OfSession message) throws IOException {
        switch (message) {
            case ServerMessage.Ident given -> identify(given);
            case ServerMessage.Download download -> download(download);
            case ServerMessage.Mark mark -> ready.complete(this);
            case ServerMessage.JsonError error ->
                fail(new IOException("error " + error.code() + ": " + error.body().message()));
            case ServerMessage.PlainError error ->
                fail(new IOException("error " + error.code() + ": " + error.message()));
            case ServerMessage.LogMessage log -> {}
            case ServerMessage.Unbound unbound -> throw new IOException("UNBOUND without UNBIND");
            case ServerMessage.ClientVersion version -> throw new IOException("nobody asked for the client version");
            case ServerMessage.EmptyState state -> throw new IOException("nobody asked for a state");
            case ServerMessage.TestCommandReply reply -> throw new IOException("nobody sent a test command");
        }
    }

    private void identify(ServerMessage.Ident given) {
        checker = new DownloadChecker(given.fileIdent(), DownloadProgress.ZERO);
        connection.send(new ClientMessage.Ident(ident, given.fileIdent(), given.salt(), 0, 0, 0, 0));
        connection.send(new ClientMessage.Mark(ident, 1));
    }

    private void download(ServerMessage.Download message) throws IOException {
        if (checker == null) {
            throw new IOException("DOWNLOAD before IDENT");
        }
        long acknowledged = checker.progress().uploadClientVersion();
        List<DownloadEntry> entries = checker.accept(message, newestVersion, MAX_BODY_BYTES);
        if (!entries.isEmpty()) {
            listener.received(entries);
        }
        if (checker.progress().uploadClientVersion() > acknowledged) {
            listener.acknowledged(checker.progress().uploadClientVersion());
        }
    }

    void fail(Throwable cause) {
        ready.completeExceptionally(cause);
        listener.failed(cause);
    }
}
