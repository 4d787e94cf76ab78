// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import org.openros.domain.FileIdent;
import org.openros.merge.DownloadScan.Cursor;
import org.openros.protocol.DownloadProgress;
import org.openros.protocol.ServerMessage;
import org.openros.storage.ClientFile;
import org.openros.storage.RealmHead;

/**
 * What one session has been sent and what it still has to get: DOWNLOAD and MARK messages (sync protocol, section 5.4).
 * Everything comes from committed state.
 */
final class Downloads {
    private final FileIdent file;
    private final long session;
    private final DownloadRoom room;
    private Cursor cursor;
    private boolean started;
    private long markRequested;
    private long markAfter;
    private long markAnswered;

    /**
     * At the start of a session.
     *
     * @param session number of the session on the client's connection
     * @param room for what is large
     * @param cursor what the client has, from its IDENT
     */
    Downloads(FileIdent file, long session, DownloadRoom room, Cursor cursor) {
        this.file = file;
        this.session = session;
        this.room = room;
        this.cursor = cursor;
    }

    /** Server version up to which everything was sent. */
    long serverVersion() {
        return cursor.serverVersion();
    }

    /** Takes note of a MARK. Only the newest is answered, once everything up to a version has been sent. */
    void mark(long requestIdent, long visible) {
        if (requestIdent > markRequested) {
            markRequested = requestIdent;
            markAfter = visible;
        }
    }

    /** Sends what is due as long as the link is ready; false if it was not and something is left. */
    boolean push(Realm realm, ClientLink link) {
        RealmHead head = realm.visible();
        while ((!started || cursor.serverVersion() < head.serverVersion()) && link.isReady()) {
            room.taken();
            DownloadChunk chunk = realm.chunk(file, cursor, head);
            if (!room.take(chunk.body().wireSize())) {
                return false;
            }
            link.send(message(chunk, realm, head));
            started = true;
        }
        if (started && markAnswered < markRequested && cursor.serverVersion() >= markAfter) {
            markAnswered = markRequested;
            link.send(new ServerMessage.Mark(session, markRequested).encode());
        }
        return started && cursor.serverVersion() >= head.serverVersion();
    }

    /** Whether something has to wait until there is memory for it. */
    boolean isWaitingForRoom() {
        return room.isAsking();
    }

    /** Whether it has to be seen when the link has taken what was sent. */
    boolean isLarge(ClientLink link) {
        if (room.isUsed() && link.isReady()) {
            room.taken();
        }
        return room.isUsed();
    }

    /** Nothing is sent any more. */
    void end() {
        room.end();
    }

    private byte[] message(DownloadChunk chunk, Realm realm, RealmHead head) {
        cursor = chunk.end();
        ClientFile acknowledged = realm.requireCommittedFile(file);
        DownloadProgress progress = new DownloadProgress(
                cursor.serverVersion(),
                cursor.clientVersion(),
                head.serverVersion(),
                head.salt(),
                acknowledged.clientVersion(),
                acknowledged.reciprocalBase());
        return new ServerMessage.Download(session, progress, remaining(realm, head), chunk.body()).encode();
    }

    private long remaining(Realm realm, RealmHead head) {
        return cursor.serverVersion() == head.serverVersion()
                ? 0
                : head.cumulativeBytes() - realm.history().cumulativeBytes(cursor.serverVersion());
    }
}
