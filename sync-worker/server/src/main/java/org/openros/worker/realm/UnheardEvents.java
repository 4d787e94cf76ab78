// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import org.openros.domain.RealmPath;
import org.openros.protocol.SyncError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** For realms of which nothing is to be counted; what should not happen goes to the log at debug. */
public final class UnheardEvents implements RealmEvents {
    private static final Logger LOG = LoggerFactory.getLogger(UnheardEvents.class);

    @Override
    public void integrated(int entries, long bytes) {}

    @Override
    public void refused(RealmPath realm, SyncError error, String message) {}

    @Override
    public void clientFailed(RealmPath realm, int code, String message) {}

    @Override
    public void commitFailed(RealmPath realm, Throwable failure) {}

    @Override
    public void failed(RealmPath realm, Throwable failure) {
        LOG.debug("{} failed", realm, failure);
    }
}
