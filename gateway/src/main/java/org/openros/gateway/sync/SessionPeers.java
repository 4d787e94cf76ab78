// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.time.Duration;
import org.openros.link.LinkChannels;

/**
 * What sessions need from outside their connection; shared by all.
 *
 * @param masterTimeout how long a session looks for a master that takes it
 */
record SessionPeers(
        RealmRouter router,
        Masters masters,
        HeldSessions held,
        AccessWatch access,
        LinkChannels channels,
        SyncMetrics metrics,
        Duration masterTimeout) {}
