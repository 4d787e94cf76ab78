// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.ChangesetParser;
import org.openros.changeset.Instruction;
import org.openros.domain.RealmPath;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.DownloadEntry;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.ServerMessageDecoder;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;

/**
 * One session as a client sees it, without a network: sends protocol messages one at a time, as the link allows, and
 * keeps what it receives.
 */
final class RawClient {
    static final long SESSION = 7;

    static {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(2));
    }

    private final Deque<byte[]> outbox = new ArrayDeque<>();
    private final List<ServerMessage> received = new ArrayList<>();
    private @Nullable Session session;
    private int allowed;
    private boolean ready = true;
    private @Nullable String end;

    static RawClient open(Realms realms, RealmPath path, String connection) {
        return open(realms, path, new SessionTerms(14, connection, true));
    }

    static RawClient open(Realms realms, RealmPath path, SessionTerms terms) {
        RawClient client = new RawClient();
        synchronized (client) {
            client.session = realms.open(path, client.new Link(), terms);
            client.allowed = 1;
        }
        return client;
    }

    // --- sending ------------------------------------------------------------------------------------------------

    RawClient send(ClientMessage message) {
        return send(message.encode());
    }

    synchronized RawClient send(byte[] message) {
        outbox.add(message);
        pump();
        return this;
    }

    RawClient bind(boolean needsFileIdent) {
        return send(new ClientMessage.Bind(SESSION, "\"test\"", "", needsFileIdent, false));
    }

    RawClient ident(ServerMessage.Ident file) {
        return ident(file.fileIdent(), file.salt(), 0, 0, 0, 0);
    }

    RawClient ident(long file, long salt, long server, long client, long latest, long latestSalt) {
        return send(new ClientMessage.Ident(SESSION, file, salt, server, client, latest, latestSalt));
    }

    RawClient mark(long request) {
        return send(new ClientMessage.Mark(SESSION, request));
    }

    RawClient upload(UploadProgress progress, UploadEntry... entries) {
        return send(new ClientMessage.Upload(SESSION, progress, UploadEntry.encode(List.of(entries))));
    }

    RawClient unbind() {
        return send(new ClientMessage.Unbind(SESSION));
    }

    /** Binds a new file and waits until the session has begun. */
    ServerMessage.Ident join() {
        ServerMessage.Ident file = bind(true).await(ServerMessage.Ident.class);
        ident(file).await(ServerMessage.Download.class);
        return file;
    }

    static UploadEntry entry(long clientVersion, long base, Instruction... instructions) {
        return new UploadEntry(
                clientVersion,
                base,
                1000 + clientVersion,
                0,
                ChangesetEncoder.encode(new Changeset(List.of(), List.of(instructions))));
    }

    // --- receiving ----------------------------------------------------------------------------------------------

    synchronized List<ServerMessage> received() {
        return List.copyOf(received);
    }

    <T extends ServerMessage> List<T> received(Class<T> type) {
        return received().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits for a message of a type and gives the last one. */
    <T extends ServerMessage> T await(Class<T> type) {
        return await(type, 1).getLast();
    }

    <T extends ServerMessage> List<T> await(Class<T> type, int count) {
        Awaitility.await(type.getSimpleName() + " number " + count)
                .until(() -> received(type).size() >= count || end() != null);
        List<T> found = received(type);
        if (found.size() < count) {
            throw new AssertionError("ended with " + end() + " after " + received());
        }
        return found;
    }

    /** Waits until the acknowledgement has reached a client version. */
    RawClient awaitAcknowledged(long clientVersion) {
        Awaitility.await("acknowledgement of " + clientVersion).until(() -> acknowledged() >= clientVersion);
        return this;
    }

    long acknowledged() {
        List<ServerMessage.Download> downloads = received(ServerMessage.Download.class);
        return downloads.isEmpty() ? -1 : downloads.getLast().progress().uploadClientVersion();
    }

    /** Waits until everything that is on the server has arrived. */
    RawClient catchUp(long request) {
        mark(request);
        Awaitility.await("MARK " + request)
                .until(() -> received(ServerMessage.Mark.class).stream()
                        .anyMatch(mark -> mark.requestIdent() >= request));
        return this;
    }

    /** All entries received so far. */
    List<DownloadEntry> entries() {
        List<DownloadEntry> entries = new ArrayList<>();
        for (ServerMessage.Download download : received(ServerMessage.Download.class)) {
            for (Iterator<DownloadEntry> each = download.entries(64 << 20); each.hasNext(); ) {
                entries.add(each.next());
            }
        }
        return entries;
    }

    /** All instructions received so far. */
    List<Instruction> instructions() {
        return entries().stream()
                .flatMap(entry -> ChangesetParser.parse(entry.changeset()).instructions().stream())
                .toList();
    }

    /** How the stream ended: finished, violation and code, or unavailable; null while it lives. */
    synchronized @Nullable String end() {
        return end;
    }

    String awaitEnd() {
        return Awaitility.await("end of the session").until(this::end, reason -> reason != null);
    }

    void disconnect() {
        session().disconnected();
    }

    void setReady(boolean keepsUp) {
        synchronized (this) {
            ready = keepsUp;
        }
        if (keepsUp) {
            session().ready();
        }
    }

    private synchronized Session session() {
        if (session == null) {
            throw new IllegalStateException("not open");
        }
        return session;
    }

    private synchronized void pump() {
        while (allowed > 0 && !outbox.isEmpty() && session != null) {
            allowed--;
            session.receive(outbox.remove());
        }
    }

    /** The session's end of the link. */
    private final class Link implements ClientLink {
        @Override
        public boolean isReady() {
            synchronized (RawClient.this) {
                return ready;
            }
        }

        @Override
        public void send(byte[] message) {
            synchronized (RawClient.this) {
                received.add(ServerMessageDecoder.decode(message));
            }
        }

        @Override
        public void requestNext() {
            synchronized (RawClient.this) {
                allowed++;
                pump();
            }
        }

        @Override
        public void finish() {
            end("finished");
        }

        @Override
        public void violate(int code, String message) {
            end("violation " + code);
        }

        @Override
        public void unavailable(String message) {
            end("unavailable");
        }

        private void end(String how) {
            synchronized (RawClient.this) {
                end = how;
            }
        }
    }
}
