// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.DownloadEntry;
import org.openros.protocol.DownloadProgress;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.UploadEntry;

/** A realm that keeps changesets in memory and merges nothing. On one event loop. */
final class FakeRealm {
    private static final int LIMIT = 1 << 24;
    private static final long SALT = 77;

    private final List<Uploaded> history = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private long lastIdent = 1;

    private record Uploaded(Session by, UploadEntry entry) {}

    int size() {
        return history.size();
    }

    /** A client's session. */
    final class Session {
        private final long ident;
        private final long fileIdent = ++lastIdent;
        private final Consumer<ServerMessage> client;
        private int cursor;
        private long scanned;
        private long integrated;

        Session(long ident, Consumer<ServerMessage> client) {
            this.ident = ident;
            this.client = client;
            client.accept(new ServerMessage.Ident(ident, fileIdent, SALT));
        }

        void receive(ClientMessage message) {
            switch (message) {
                case ClientMessage.Ident identified -> {
                    sessions.add(this);
                    download();
                }
                case ClientMessage.Mark mark ->
                    client.accept(new ServerMessage.Mark(ident, mark.requestIdent()));
                case ClientMessage.Upload upload -> upload(upload);
                default -> throw new IllegalStateException("the load generator does not send " + message);
            }
        }

        private void upload(ClientMessage.Upload upload) {
            upload.entries(LIMIT).forEachRemaining(entry -> history.add(new Uploaded(this, entry)));
            boolean changed = upload.body().plainSize() > 0;
            integrated = upload.progress().clientVersion();
            if (changed) {
                sessions.forEach(Session::download);
            }
        }

        private void download() {
            List<DownloadEntry> entries = new ArrayList<>();
            for (; cursor < history.size(); cursor++) {
                Uploaded uploaded = history.get(cursor);
                if (uploaded.by == this) {
                    scanned = uploaded.entry.clientVersion();
                } else {
                    entries.add(new DownloadEntry(
                            cursor + 1,
                            scanned,
                            uploaded.entry.originTimestamp(),
                            uploaded.by.fileIdent,
                            uploaded.entry.changeset().length,
                            uploaded.entry.changeset()));
                }
            }
            var progress = new DownloadProgress(cursor, scanned, cursor, SALT, integrated, 0);
            client.accept(ServerMessage.Download.of(ident, progress, 0, entries));
        }

        void leave() {
            sessions.remove(this);
        }
    }
}
