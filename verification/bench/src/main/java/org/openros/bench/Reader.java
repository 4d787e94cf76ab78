// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.List;
import org.openros.bench.client.SyncSession;
import org.openros.protocol.DownloadEntry;

/** A client that only receives. */
record Reader(Site site, Deliveries deliveries) implements SyncSession.Listener {
    @Override
    public void received(List<DownloadEntry> entries) {
        for (DownloadEntry entry : entries) {
            deliveries.received(entry.originTimestamp());
        }
    }

    @Override
    public void failed(Throwable cause) {
        site.failed(cause);
        deliveries.failed(cause);
    }
}
