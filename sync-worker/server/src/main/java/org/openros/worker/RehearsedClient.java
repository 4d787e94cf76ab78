// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.util.List;
import java.util.function.Consumer;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.ServerMessageDecoder;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;

/**
 * The protocol's side of a client that uploads one change after the other, each when the one before is acknowledged,
 * and takes whatever it is sent. It knows no transport: messages are passed as bytes. Thread-safe; {@code out} is
 * called under a lock and has to return at once.
 */
public final class RehearsedClient {
    /** The version of the protocol that the client speaks. */
    public static final int PROTOCOL = 14;

    private static final long SESSION = 1;
    /** The first version of a client's file is the empty one. */
    private static final long FIRST = 2;
    private static final ByteString TABLE = ByteString.of("Item");
    private static final ByteString FIELD = ByteString.of("name");

    private final Consumer<byte[]> out;
    private final Runnable done;
    private final long lastVersion;
    private long uploaded = FIRST - 1;

    /**
     * A client that does nothing before {@link #begin}.
     *
     * @param changes that it uploads; with none it only binds and listens
     * @param out takes the messages for the server, in their order
     * @param done called once all changes are acknowledged; at the first DOWNLOAD if there are none
     */
    public RehearsedClient(int changes, Consumer<byte[]> out, Runnable done) {
        lastVersion = FIRST + changes - 1;
        this.out = out;
        this.done = done;
    }

    /** Binds its one session to the partition {@code "rehearsal"}. */
    public synchronized void begin() {
        say(new ClientMessage.Bind(SESSION, "\"rehearsal\"", "", true, false));
    }

    private void say(ClientMessage message) {
        out.accept(message.encode());
    }

    /** Takes a message of the server. */
    public synchronized void hear(byte[] message) {
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
            say(new ClientMessage.Upload(SESSION, new UploadProgress(version, 0, 0),
                    UploadEntry.encode(List.of(entry))));
        }
    }

    private static Changeset change(long version) {
        if (version == FIRST) {
            return new Changeset(List.of(), List.of(
                    new Instruction.AddTable(TABLE, TableKind.TOP_LEVEL,
                            new Instruction.PrimaryKey(ByteString.of("_id"), TypeCode.INT, false)),
                    new Instruction.AddColumn(TABLE, FIELD, TypeCode.STRING, false, CollectionType.SINGLE,
                            null, null)));
        }
        ObjectKey key = new ObjectKey.Int(version);
        return new Changeset(List.of(), List.of(
                new Instruction.CreateObject(TABLE, key),
                new Instruction.Update(
                        TABLE, key, FIELD, List.of(), new Value.Str(ByteString.of("item " + version)), 0, false)));
    }
}
