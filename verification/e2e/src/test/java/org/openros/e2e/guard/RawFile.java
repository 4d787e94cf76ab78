// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.DownloadEntry;
import org.openros.protocol.DownloadProgress;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;

/**
 * A file of a realm that a client opens for the first time, without the manners of an SDK: it uploads what it likes.
 */
final class RawFile implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int TRY_AGAIN = 200;
    private static final ByteString ITEM = ByteString.of("Item");

    private final SyncSocket socket;
    private final String partition;
    private DownloadProgress progress = DownloadProgress.ZERO;
    private long session;
    private long version = 1;
    private int downloaded;
    private @Nullable Integer error;

    private RawFile(SyncSocket socket, RealmName realm) {
        this.socket = socket;
        partition = realm.partition();
    }

    /** Opens a realm and downloads it; {@link #error} says if that was refused. */
    static RawFile open(Door door, String accessToken, RealmName realm) throws IOException {
        RawFile file = new RawFile(door.sync(accessToken), realm);
        try {
            file.bind();
            while (file.error != null && file.error == TRY_AGAIN) {
                Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
                file.socket.send(new ClientMessage.Unbind(file.session));
                file.bind();
            }
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
        return file;
    }

    private void bind() throws IOException {
        session++;
        error = null;
        socket.send(new ClientMessage.Bind(session, partition, "", true, false));
        boolean marked = false;
        while (!marked && error == null) {
            switch (receive()) {
                case ServerMessage.Ident given -> {
                    socket.send(new ClientMessage.Ident(session, given.fileIdent(), given.salt(), 0, 0, 0, 0));
                    socket.send(new ClientMessage.Mark(session, 1));
                }
                case ServerMessage.Download download -> take(download);
                case ServerMessage.Mark mark -> marked = true;
                case ServerMessage.JsonError refused -> error = refused.code();
                case ServerMessage other -> throw new AssertionError("unexpected: " + other);
            }
        }
    }

    /** What an earlier session of the connection still gets does not count. */
    private ServerMessage receive() throws IOException {
        while (true) {
            ServerMessage message = socket.receive();
            if (!(message instanceof ServerMessage.OfSession of) || of.session() == session || of.session() == 0) {
                return message;
            }
        }
    }

    private void take(ServerMessage.Download download) {
        progress = download.progress();
        Iterator<DownloadEntry> entries = download.entries(MAX_BODY_BYTES);
        while (entries.hasNext()) {
            entries.next();
            downloaded++;
        }
    }

    /** The code of the last refusal; null if there was none. */
    @Nullable Integer error() {
        return error;
    }

    /** How many changes of others came. */
    int downloaded() {
        return downloaded;
    }

    /** Uploads the class that {@link #put} needs, as the app that makes the realm does. */
    boolean putClass() throws IOException {
        return upload(List.of(new Instruction.AddTable(
                ITEM, TableKind.TOP_LEVEL, new Instruction.PrimaryKey(ByteString.of("_id"), TypeCode.STRING, false))));
    }

    /** Uploads an object; whether it was acknowledged. */
    boolean put(String key) throws IOException {
        return upload(List.of(new Instruction.CreateObject(ITEM, new ObjectKey.Str(ByteString.of(key)))));
    }

    private boolean upload(List<Instruction> instructions) throws IOException {
        byte[] changeset = ChangesetEncoder.encode(new Changeset(List.of(), instructions));
        version++;
        UploadEntry entry = new UploadEntry(version, progress.downloadServerVersion(), 0, 0, changeset);
        long base = progress.downloadServerVersion();
        socket.send(new ClientMessage.Upload(
                session, new UploadProgress(version, base, base), UploadEntry.encode(List.of(entry))));
        while (progress.uploadClientVersion() < version && error == null) {
            switch (receive()) {
                case ServerMessage.Download download -> take(download);
                case ServerMessage.JsonError refused -> error = refused.code();
                case ServerMessage other -> throw new AssertionError("unexpected: " + other);
            }
        }
        return error == null;
    }

    @Override
    public void close() {
        socket.close();
    }
}
