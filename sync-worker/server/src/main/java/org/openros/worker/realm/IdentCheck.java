// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import org.jspecify.annotations.Nullable;
import org.openros.domain.FileIdent;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.SyncError;
import org.openros.storage.ClientFile;
import org.openros.storage.RealmHead;

/**
 * Judges the IDENT of a client (sync protocol, section 5.2): whether the server still has everything that the client
 * says it knows. The first failing check decides, in the order of that section.
 */
final class IdentCheck {
    private IdentCheck() {}

    /** The refusal, or null if the session may begin. */
    static @Nullable Refusal judge(ClientMessage.Ident ident, History history, ClientFiles files) {
        RealmHead visible = history.committed();
        if (ident.latestServerVersion() > visible.serverVersion()) {
            return ahead(ident.latestServerVersion(), visible);
        }
        ClientFile file = FileIdent.isValid(ident.fileIdent()) && ident.fileIdent() >= FileIdent.FIRST_CLIENT.value()
                ? files.committed(new FileIdent(ident.fileIdent()))
                : null;
        if (file == null) {
            return new Refusal(SyncError.UNKNOWN_CLIENT_FILE,
                    "client file " + ident.fileIdent() + " is not known here");
        }
        if (file.salt() != ident.fileIdentSalt()) {
            return new Refusal(SyncError.DIVERGED_HISTORY, "the salt of the client file does not match");
        }
        Refusal refusal = judgeCursors(ident, file, files, visible);
        return refusal != null ? refusal : judgeSalt(ident, history);
    }

    private static @Nullable Refusal judgeCursors(
            ClientMessage.Ident ident, ClientFile file, ClientFiles files, RealmHead visible) {
        ClientFile current = files.current(file.ident());
        long base = current == null ? file.reciprocalBase() : current.reciprocalBase();
        if (ident.downloadServerVersion() < base) {
            return new Refusal(SyncError.CLIENT_AHEAD, "the client has reported a later server version before");
        }
        if (file.expired()) {
            return new Refusal(SyncError.CLIENT_FILE_EXPIRED, "the client file was away for too long");
        }
        if (ident.downloadServerVersion() > visible.serverVersion()) {
            return ahead(ident.downloadServerVersion(), visible);
        }
        if (ident.downloadClientVersion() > (current == null ? file : current).clientVersion()) {
            return new Refusal(SyncError.CLIENT_VERSION_AHEAD,
                    "changes that the client counts as integrated are not here");
        }
        if (ident.downloadServerVersion() > ident.latestServerVersion()) {
            return new Refusal(SyncError.CLIENT_AHEAD, "the download cursor is beyond the latest server version");
        }
        return null;
    }

    private static @Nullable Refusal judgeSalt(ClientMessage.Ident ident, History history) {
        Long salt = history.saltOf(ident.latestServerVersion());
        return salt != null && salt == ident.latestServerVersionSalt()
                ? null
                : new Refusal(SyncError.DIVERGED_HISTORY, "the client knows another history");
    }

    private static Refusal ahead(long version, RealmHead visible) {
        return new Refusal(
                SyncError.CLIENT_AHEAD,
                "the client knows server version " + version + ", the newest here is " + visible.serverVersion());
    }
}
