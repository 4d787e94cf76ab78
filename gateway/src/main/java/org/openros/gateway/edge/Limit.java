// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.edge;

import java.util.Locale;

/** What the gateway may have too much of. */
public enum Limit {
    /** Connections of one client address. */
    CONNECTIONS_PER_ADDRESS,
    /** Sync connections of one user. */
    CONNECTIONS_PER_USER,
    /** Time for a handshake and the head of a request. */
    REQUEST_TIMEOUT,
    /** Sessions of one connection. */
    SESSIONS,
    /** Uploads of one session in a second. */
    UPLOADS_PER_SECOND,
    /** Bytes that wait for one client. */
    OUTGOING,
    /** Bytes that wait in the whole gateway. */
    BUFFERED,
    /** Time in which a client with waiting data reads nothing. */
    SLOW_CLIENT;

    /** The name in meters. */
    String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
