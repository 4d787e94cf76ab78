// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.Changeset;
import org.openros.changeset.Instruction;
import org.openros.changeset.state.ApplyException;
import org.openros.merge.UploadedChangeset;
import org.openros.protocol.SyncError;

/**
 * Judges the uploads of a session that may only read. Every client uploads the classes of its app when it opens a realm
 * for the first time, also one that only reads: that much is no offence. What the realm has already is acknowledged;
 * what it does not have is neither integrated nor acknowledged, so that the client uploads it again once it may write.
 */
final class ReaderUploads {
    private static final Changeset NOTHING = new Changeset(List.of(), List.of());

    private final Realm realm;
    private boolean holding;

    ReaderUploads(Realm realm) {
        this.realm = realm;
    }

    /** Whether something of the session is not acknowledged, so that nothing after it can be. */
    boolean isHolding() {
        return holding;
    }

    /** What is integrated in place of a changeset, so that it is acknowledged. */
    static UploadedChangeset emptied(UploadedChangeset uploaded) {
        return new UploadedChangeset(
                uploaded.clientVersion(), uploaded.base(), uploaded.originTimestamp(), NOTHING);
    }

    /** Judges an upload; what it contains is not integrated in any case. */
    @Nullable Refusal judge(List<UploadedChangeset> uploaded) {
        List<Changeset> changesets =
                uploaded.stream().map(UploadedChangeset::changeset).toList();
        if (!changesets.stream().allMatch(ReaderUploads::isOfSchema)) {
            return new Refusal(SyncError.WRITE_DENIED, "no right to change this realm");
        }
        try {
            holding |= !realm.knows(changesets);
            return null;
        } catch (ApplyException e) {
            return Refusal.of(e);
        }
    }

    private static boolean isOfSchema(Changeset changeset) {
        return changeset.instructions().stream()
                .allMatch(each -> each instanceof Instruction.AddTable || each instanceof Instruction.AddColumn);
    }
}
