// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.time.Duration;
import org.openros.link.LinkChannels;

/**
 * What sessions need from outside their connection; shared by all.
 *
 * @param masterTimeout how long a session looks for a master that takes it
 * @param settled how long a session has been served that is called back at once when its master goes
 */
record SessionPeers(
        RealmRouter router,
        Masters masters,
        HeldSessions held,
        AccessWatch access,
        LinkChannels channels,
        SyncMetrics metrics,
        FlowLimits limits,
        Duration masterTimeout,
        Duration settled) {}
