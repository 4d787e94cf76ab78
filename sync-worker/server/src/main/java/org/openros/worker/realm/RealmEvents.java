// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import org.openros.domain.RealmPath;
import org.openros.protocol.SyncError;

/** What happens in realms, for logs and metrics. Called by many threads; must not block. */
public interface RealmEvents {
    /** An upload became history entries. */
    void integrated(int entries, long bytes);

    /** A session was refused and its client told why. */
    void refused(RealmPath realm, SyncError error, String message);

    /** A client reported that it could not integrate a download. */
    void clientFailed(RealmPath realm, int code, String message);

    /** A write set could not be committed; the realm's sessions were ended and their clients try again. */
    void commitFailed(RealmPath realm, Throwable failure);

    /** A realm's actor failed unexpectedly; the realm's sessions were ended and their clients try again. */
    void failed(RealmPath realm, Throwable failure);
}
