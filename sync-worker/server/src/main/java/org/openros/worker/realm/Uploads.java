// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ChangesetParser;
import org.openros.changeset.MalformedChangesetException;
import org.openros.domain.FileIdent;
import org.openros.merge.Upload;
import org.openros.merge.UploadedChangeset;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.SyncError;
import org.openros.protocol.UploadEntry;
import org.openros.storage.ClientFile;

/** What one session has uploaded, and what it uploads now: from the message to the realm's history. */
final class Uploads {
    /** Uploads of more bytes, inflated, wait for memory if need be. */
    private static final int LARGE = 256 << 10;

    private final Session session;
    private final Realm realm;
    private final FileIdent file;
    private final UploadCheck check;
    private final ReaderUploads readers;

    /** At the start of a session. */
    Uploads(Session session, Realm realm, ClientFile stored) {
        this.session = session;
        this.realm = realm;
        this.file = stored.ident();
        this.check = new UploadCheck(
                new SyncProgress(stored.clientVersion(), stored.reciprocalBase()), stored.lockedServerVersion());
        this.readers = new ReaderUploads(realm);
    }

    /**
     * What an upload contains.
     *
     * @param refusal why it is not taken; null if nothing is wrong so far
     * @param changesets that were not integrated before
     */
    record Reading(@Nullable Refusal refusal, List<UploadedChangeset> changesets) {
        private static Reading refused(Refusal refusal) {
            return new Reading(refusal, List.of());
        }
    }

    /** Takes an upload; {@link Session#uploaded} hears how that ended, perhaps later. */
    void take(ClientMessage.Upload message) {
        if (message.body().plainSize() > LARGE) {
            new LargeUpload(session, realm, this, message).begin();
            return;
        }
        Reading reading = read(message);
        Refusal refusal = reading.refusal();
        if (refusal == null) {
            refusal = integrate(message, reading.changesets());
            realm.countUncommitted();
        }
        session.uploaded(refusal);
    }

    /** Judges and reads an upload. Changes nothing. */
    Reading read(ClientMessage.Upload message) {
        Refusal refusal = check.judgeHeader(message.progress(), session.downloadedVersion());
        if (refusal != null) {
            return Reading.refused(refusal);
        }
        List<UploadedChangeset> changesets = new ArrayList<>();
        refusal = read(message, changesets);
        return refusal == null ? new Reading(null, changesets) : Reading.refused(refusal);
    }

    private @Nullable Refusal read(ClientMessage.Upload message, List<UploadedChangeset> changesets) {
        SyncProgress before = check.previous();
        boolean any = false;
        for (Iterator<UploadEntry> entries = message.entries(realm.settings().uploadBytes()); entries.hasNext(); ) {
            UploadEntry entry = entries.next();
            Refusal refusal = check.judgeEntry(entry, before);
            if (refusal != null) {
                return refusal;
            }
            before = new SyncProgress(entry.clientVersion(), entry.serverVersion());
            any = true;
            if (entry.clientVersion() > check.repeatedThrough()) {
                refusal = parse(entry, changesets);
            }
            if (refusal != null) {
                return refusal;
            }
        }
        return any ? check.judgeLast(before, message.progress()) : null;
    }

    private @Nullable Refusal parse(UploadEntry entry, List<UploadedChangeset> changesets) {
        try {
            changesets.add(new UploadedChangeset(
                    entry.clientVersion(),
                    entry.serverVersion(),
                    entry.originTimestamp(),
                    ChangesetParser.parseSparingly(entry.changeset())));
            return null;
        } catch (MalformedChangesetException e) {
            return new Refusal(SyncError.BAD_CHANGESET, "the changeset cannot be read: " + e.getMessage());
        }
    }

    /** Integrates what was read; null if that went well. Nothing is left of an upload that is refused. */
    @Nullable Refusal integrate(ClientMessage.Upload message, List<UploadedChangeset> changesets) {
        Refusal refusal = null;
        if (!session.terms().mayWrite()) {
            refusal = readers.judge(changesets);
            changesets.replaceAll(ReaderUploads::emptied);
            if (readers.isHolding()) {
                return refusal;
            }
        }
        if (refusal == null) {
            refusal = realm.integrate(new Upload(
                    file,
                    changesets,
                    message.progress().clientVersion(),
                    message.progress().serverVersion(),
                    message.progress().lockedServerVersion()));
        }
        if (refusal == null) {
            check.accept(message.progress());
        }
        return refusal;
    }
}
