// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import org.jspecify.annotations.Nullable;
import org.openros.protocol.SyncError;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;

/**
 * Judges the numbers of one session's uploads (sync protocol, section 5.3, checks 1 to 9 and 12) before anything is
 * integrated. The first failing check decides.
 */
final class UploadCheck {
    private final SyncProgress threshold;
    private SyncProgress previous = SyncProgress.NONE;
    private long locked;

    /**
     * At the start of a session.
     *
     * @param threshold what had been integrated of this client by then
     * @param locked the stored locked version
     */
    UploadCheck(SyncProgress threshold, long locked) {
        this.threshold = threshold;
        this.locked = locked;
    }

    /** Up to which client version uploads are repetitions. */
    long repeatedThrough() {
        return threshold.client();
    }

    /**
     * Judges the header of an upload.
     *
     * @param downloaded server version of the session's download cursor
     */
    @Nullable Refusal judgeHeader(UploadProgress header, long downloaded) {
        SyncProgress progress = new SyncProgress(header.clientVersion(), header.serverVersion());
        if (progress.client() < previous.client()) {
            return client("the client version of the progress goes back");
        }
        if (progress.server() > downloaded) {
            return server("the progress names a server version that was not sent");
        }
        if (progress.client() == 0 && progress.server() != 0) {
            return server("progress without a client version");
        }
        if (!progress.isConsistentWith(threshold) || !progress.isConsistentWith(previous)) {
            return server("the progress contradicts an earlier one");
        }
        if (header.lockedServerVersion() < locked || header.lockedServerVersion() > downloaded) {
            return server("the locked server version is out of range");
        }
        return null;
    }

    /** Judges an entry that follows another one, or the previous upload's progress for the first. */
    @Nullable Refusal judgeEntry(UploadEntry entry, SyncProgress before) {
        SyncProgress cursor = new SyncProgress(entry.clientVersion(), entry.serverVersion());
        if (cursor.client() <= before.client()) {
            return client("the client versions of the changesets do not grow");
        }
        if (!cursor.isConsistentWith(before) || !cursor.isConsistentWith(threshold)) {
            return server("the server version of a changeset contradicts an earlier one");
        }
        if (entry.originFileIdent() != 0) {
            return new Refusal(SyncError.BAD_ORIGIN_FILE_IDENT, "changesets of other files are not accepted");
        }
        return null;
    }

    /** Judges the last entry against the header. */
    @Nullable Refusal judgeLast(SyncProgress last, UploadProgress header) {
        if (last.client() > header.clientVersion()) {
            return client("a changeset is newer than the progress");
        }
        return last.isConsistentWith(new SyncProgress(header.clientVersion(), header.serverVersion()))
                ? null
                : server("the progress contradicts the last changeset");
    }

    /** The progress of the last accepted upload. */
    SyncProgress previous() {
        return previous;
    }

    /** Takes note of an accepted upload. */
    void accept(UploadProgress header) {
        previous = new SyncProgress(header.clientVersion(), header.serverVersion());
        locked = header.lockedServerVersion();
    }

    private static Refusal client(String message) {
        return new Refusal(SyncError.BAD_CLIENT_VERSION, message);
    }

    private static Refusal server(String message) {
        return new Refusal(SyncError.BAD_SERVER_VERSION, message);
    }
}
