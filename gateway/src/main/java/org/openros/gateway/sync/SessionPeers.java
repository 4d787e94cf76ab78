// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import org.openros.link.LinkChannels;

/** What sessions need from outside their connection; shared by all. */
record SessionPeers(RealmRouter router, LinkChannels channels, SyncMetrics metrics) {}
