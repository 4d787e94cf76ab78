// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

/**
 * How a {@link SyncError} is told to a client (sync protocol, sections 7.1 and 7.4): JSON from protocol version 4 on,
 * the plain form below, and a closed connection where no message would do the right thing.
 */
public sealed interface ErrorReply {
    /** The highest version whose clients understand the plain form only. */
    int LAST_PLAIN_VERSION = 3;

    /** Send this message; after a connection-level one, close the connection too. */
    record Message(byte[] bytes) implements ErrorReply {}

    /** Close TCP without a close frame. */
    enum CloseTcp implements ErrorReply {
        INSTANCE
    }

    /**
     * Send a close frame, then close TCP.
     *
     * @param code the code of the frame
     */
    record CloseWebSocket(int code) implements ErrorReply {}

    /** The upgrade should have been refused with status 400; on an open connection, close TCP. */
    enum RefuseUpgrade implements ErrorReply {
        INSTANCE
    }

    /**
     * The reply for a situation.
     *
     * @param message text for logs and the application; cut to {@value ErrorBody#MAX_MESSAGE} characters
     * @param session the session that ends; 0 exactly if the situation is one of the connection
     * @param protocolVersion the negotiated version, 1 to 14
     * @throws IllegalArgumentException if the session does not match the level of the situation
     */
    static ErrorReply encode(SyncError error, String message, long session, int protocolVersion) {
        if (error.isSessionLevel() != (session != 0)) {
            throw new IllegalArgumentException(error + " cannot be sent to session " + session);
        }
        return protocolVersion <= LAST_PLAIN_VERSION
                ? plain(error, message, session)
                : json(error, message, session, protocolVersion);
    }

    private static ErrorReply plain(SyncError error, String message, long session) {
        return switch (error) {
            case SESSION_CLOSED, MOVED, UNDECIDED, OVERLOADED, TOKEN_EXPIRED -> CloseTcp.INSTANCE;
            case WRONG_SYNC_TYPE -> RefuseUpgrade.INSTANCE;
            // 210 does not reset these clients; they know neither 230 nor 233.
            case CLIENT_VERSION_AHEAD, PROGRESS_REGRESSION -> plain(211, error, message, session);
            case WRITE_DENIED -> plain(206, error, message, session);
            default -> plain(error.code(), error, message, session);
        };
    }

    private static ErrorReply plain(int code, SyncError error, String message, long session) {
        String text = ErrorBody.cut(message);
        return new Message(new ServerMessage.PlainError(session, code, error.tryAgain(), text).encode());
    }

    private static ErrorReply json(SyncError error, String message, long session, int version) {
        if (error == SyncError.TOKEN_EXPIRED) {
            return version >= 8 ? new CloseWebSocket(4001) : CloseTcp.INSTANCE;
        }
        // A code that the client does not know is fatal to its connection; 233 is known to all from version 8 on.
        int code = error == SyncError.PROGRESS_REGRESSION && version < 8 ? 211 : error.code();
        return new Message(new ServerMessage.JsonError(session, code, ErrorBody.of(error, message)).encode());
    }
}
