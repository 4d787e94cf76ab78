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
    private Cursor cursor;
    private boolean started;
    private long markRequested;
    private long markAfter;
    private long markAnswered;

    /**
     * At the start of a session.
     *
     * @param session number of the session on the client's connection
     * @param cursor what the client has, from its IDENT
     */
    Downloads(FileIdent file, long session, Cursor cursor) {
        this.file = file;
        this.session = session;
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
            link.send(next(realm, head));
            started = true;
        }
        if (started && markAnswered < markRequested && cursor.serverVersion() >= markAfter) {
            markAnswered = markRequested;
            link.send(new ServerMessage.Mark(session, markRequested).encode());
        }
        return started && cursor.serverVersion() >= head.serverVersion();
    }

    private byte[] next(Realm realm, RealmHead head) {
        DownloadChunk chunk = realm.chunk(file, cursor, head);
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
