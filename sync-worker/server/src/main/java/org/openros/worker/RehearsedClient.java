// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.domain.RealmPath;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.ServerMessageDecoder;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;
import org.openros.worker.realm.ClientLink;
import org.openros.worker.realm.Realms;
import org.openros.worker.realm.Session;
import org.openros.worker.realm.SessionTerms;

/** A client that uploads one change after the other, each when the one before is acknowledged. Thread-safe. */
final class RehearsedClient implements ClientLink {
    private static final long SESSION = 1;
    private static final int PROTOCOL = 14;
    /** The first version of a client's file is the empty one. */
    private static final long FIRST = 2;
    private static final ByteString TABLE = ByteString.of("Item");
    private static final ByteString FIELD = ByteString.of("name");

    private final Deque<ClientMessage> outbox = new ArrayDeque<>();
    private final long lastVersion;
    private final Runnable done;
    private @Nullable Session session;
    private int allowed = 1;
    private long uploaded = FIRST - 1;

    /**
     * A client that does nothing before {@link #open}.
     *
     * @param changes that it uploads
     * @param done called once when all are acknowledged, or the session ends before
     */
    RehearsedClient(int changes, Runnable done) {
        lastVersion = FIRST + changes - 1;
        this.done = done;
    }

    synchronized void open(Realms realms, RealmPath path, String connection) {
        session = realms.open(path, this, new SessionTerms(PROTOCOL, connection, true));
        say(new ClientMessage.Bind(SESSION, "\"rehearsal\"", "", true, false));
    }

    private void say(ClientMessage message) {
        outbox.add(message);
        pump();
    }

    private void pump() {
        while (allowed > 0 && !outbox.isEmpty() && session != null) {
            allowed--;
            session.receive(outbox.remove().encode());
        }
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public synchronized void requestNext() {
        allowed++;
        pump();
    }

    @Override
    public synchronized void send(byte[] message) {
        if (ServerMessageDecoder.decode(message) instanceof ServerMessage.OfSession heard) {
            hear(heard);
        }
    }

    private void hear(ServerMessage.OfSession message) {
        if (message instanceof ServerMessage.Ident file) {
            say(new ClientMessage.Ident(SESSION, file.fileIdent(), file.salt(), 0, 0, 0, 0));
        } else if (message instanceof ServerMessage.Download download
                && Math.max(FIRST - 1, download.progress().uploadClientVersion()) == uploaded) {
            if (uploaded == lastVersion) {
                done.run();
            }
            if (uploaded <= lastVersion) {
                upload(++uploaded);
            }
        }
    }

    private void upload(long version) {
        if (version <= lastVersion) {
            UploadEntry entry = new UploadEntry(version, 0, version, 0, ChangesetEncoder.encode(change(version)));
            say(new ClientMessage.Upload(SESSION, new UploadProgress(version, 0, 0), UploadEntry.encode(List.of(entry))));
        }
    }

    private static Changeset change(long version) {
        if (version == FIRST) {
            return new Changeset(List.of(), List.of(
                    new Instruction.AddTable(TABLE, TableKind.TOP_LEVEL,
                            new Instruction.PrimaryKey(ByteString.of("_id"), TypeCode.INT, false)),
                    new Instruction.AddColumn(TABLE, FIELD, TypeCode.STRING, false, CollectionType.SINGLE, null, null)));
        }
        ObjectKey key = new ObjectKey.Int(version);
        return new Changeset(List.of(), List.of(
                new Instruction.CreateObject(TABLE, key),
                new Instruction.Update(
                        TABLE, key, FIELD, List.of(), new Value.Str(ByteString.of("item " + version)), 0, false)));
    }

    @Override
    public void finish() {
        done.run();
    }

    @Override
    public void violate(int code, String message) {
        done.run();
    }

    @Override
    public void unavailable(String message) {
        done.run();
    }
}
