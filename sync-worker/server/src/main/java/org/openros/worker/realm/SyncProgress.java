// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

/**
 * A pair of versions that belong together: how far a client has come in its own history and in the server's.
 *
 * @param client client version
 * @param server server version
 */
record SyncProgress(long client, long server) {
    /** Before everything. */
    static final SyncProgress NONE = new SyncProgress(0, 0);

    /** Whether two pairs can be of one history: neither grows without the other standing still or growing too. */
    boolean isConsistentWith(SyncProgress other) {
        if (client == other.client) {
            return server == other.server;
        }
        return client < other.client ? server <= other.server : server >= other.server;
    }
}
