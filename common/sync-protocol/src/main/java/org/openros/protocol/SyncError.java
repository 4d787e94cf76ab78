// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import static org.openros.protocol.ErrorAction.APPLICATION_BUG;
import static org.openros.protocol.ErrorAction.CLIENT_RESET;
import static org.openros.protocol.ErrorAction.PROTOCOL_VIOLATION;
import static org.openros.protocol.ErrorAction.TRANSIENT;

/**
 * The situations in which a server has to refuse something (sync protocol, section 7.4). Each maps to a code that no
 * client generation aborts on: 104, 202, 203, 205, 207, 214, 215, 218-221 and 224 are never sent, because they end the
 * client's process. {@link ErrorReply} gives the form for a protocol version.
 */
public enum SyncError {
    /** The client file identifier was never allocated or its realm was lost. The client resets. */
    UNKNOWN_CLIENT_FILE(208, CLIENT_RESET),
    /** A salt does not match: the client knows another history, such as one from before a restore. It resets. */
    DIVERGED_HISTORY(211, CLIENT_RESET),
    /** The client knows versions that the server does not have, as after a restored backup. It resets. */
    CLIENT_AHEAD(209, CLIENT_RESET),
    /** The client believes that more of its changes were integrated than the server knows. It resets. */
    CLIENT_VERSION_AHEAD(210, CLIENT_RESET),
    /** What the client needs for its merge was compacted away. It resets. */
    CLIENT_FILE_EXPIRED(222, CLIENT_RESET),
    /** Server versions in an upload go backwards, or beyond what the client was sent. It resets. */
    BAD_SERVER_VERSION(209, CLIENT_RESET),
    /** Client versions in an upload go backwards, or beyond its progress. It resets. */
    BAD_CLIENT_VERSION(210, CLIENT_RESET),
    /** An uploaded changeset cannot be read, merged or applied; or a client could not integrate ours. It resets. */
    BAD_CHANGESET(212, CLIENT_RESET),
    /** An upload in the name of another file. Stock clients never do that. */
    BAD_ORIGIN_FILE_IDENT(216, PROTOCOL_VIOLATION),
    /** A client failed to integrate a download for an unknown reason and reported it. It resets. */
    CLIENT_FAILED(201, CLIENT_RESET),
    /** A client found that its persisted progress would go backwards and reported it. It resets. */
    PROGRESS_REGRESSION(233, CLIENT_RESET),
    /** An uploaded schema contradicts the realm's. The client resets. */
    INCOMPATIBLE_SCHEMA(225, CLIENT_RESET),
    /** The partition of a BIND cannot name a realm. The application has to change it. */
    BAD_PATH(204, APPLICATION_BUG),
    /** The user may not open the realm. */
    OPEN_DENIED(206, APPLICATION_BUG),
    /** The user may read the realm but not change it. The client resets, which takes the change back. */
    WRITE_DENIED(230, CLIENT_RESET),
    /** The realm was deleted on the server. The client resets. */
    REALM_DELETED(208, CLIENT_RESET),
    /** The realm cannot be served for a moment: failover, restart, take-over. The client retries in one second. */
    SESSION_CLOSED(200, TRANSIENT),
    /** The realm is served by another node from now on. The client comes back at once. */
    MOVED(229, TRANSIENT),
    /**
     * Nobody can say for longer whether the realm may be opened. The client retries in a second, and later and later.
     */
    UNDECIDED(201, TRANSIENT),
    /** There is too much of this client for the moment. The client retries after some seconds, and later and later. */
    OVERLOADED(201, TRANSIENT),
    /** The whole connection has to go: a draining or overloaded node. The client reconnects after a delay. */
    CONNECTION_CLOSED(100, TRANSIENT),
    /** A message cannot be decompressed, is too large, or hit a fault of the decoder. */
    BAD_BODY(101, PROTOCOL_VIOLATION),
    /** A message cannot be read, or its type is unknown. */
    BAD_SYNTAX(103, PROTOCOL_VIOLATION),
    /** A message for a session that does not exist. */
    BAD_SESSION_IDENT(106, PROTOCOL_VIOLATION),
    /** A BIND with the identifier of a live session. */
    REUSE_OF_SESSION_IDENT(107, PROTOCOL_VIOLATION),
    /** An IDENT with a client file that another session of the same connection has bound. */
    BOUND_IN_OTHER_SESSION(108, PROTOCOL_VIOLATION),
    /** A message that its session's state does not allow. */
    BAD_MESSAGE_ORDER(109, PROTOCOL_VIOLATION),
    /** A flexible sync client at a server of partition-based sync. */
    WRONG_SYNC_TYPE(114, APPLICATION_BUG),
    /** The access token of a live connection is no longer good. There is no code for it, the connection is closed. */
    TOKEN_EXPIRED(0, TRANSIENT);

    private final int code;
    private final ErrorAction action;

    SyncError(int code, ErrorAction action) {
        this.code = code;
        this.action = action;
    }

    /** The code for clients that read JSON errors, 100 to 299; 0 if the situation is not told by a message. */
    public int code() {
        return code;
    }

    /** What the client is to do. */
    public ErrorAction action() {
        return action;
    }

    /** Whether one session ends; otherwise the whole connection does. */
    public boolean isSessionLevel() {
        return code >= 200;
    }

    /** Whether the client comes back by itself. */
    public boolean tryAgain() {
        return action == TRANSIENT;
    }
}
