// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

/**
 * How far the server has integrated one client (merge rules, section 6.1).
 *
 * @param clientVersion last integrated client version
 * @param reciprocalBase server version reported with it; no further changeset of this client has a base below
 * @param lockedServerVersion the client may ask to keep history from here on
 */
public record ClientProgress(long clientVersion, long reciprocalBase, long lockedServerVersion) {
    /** A client that has not uploaded anything. */
    public static final ClientProgress NONE = new ClientProgress(0, 0, 0);
}
