// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import org.openros.domain.RealmPath;
import org.openros.protocol.SyncError;
import org.openros.worker.realm.RealmEvents;

/** For tests that do not look at events. */
public final class SilentEvents implements RealmEvents {
    @Override
    public void integrated(int entries, long bytes) {}

    @Override
    public void refused(RealmPath realm, SyncError error, String message) {}

    @Override
    public void clientFailed(RealmPath realm, int code, String message) {}

    @Override
    public void commitFailed(RealmPath realm, Throwable failure) {}

    @Override
    public void failed(RealmPath realm, Throwable failure) {}
}
