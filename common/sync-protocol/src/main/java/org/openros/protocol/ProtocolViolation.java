// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

/**
 * The peer sent something that is not a message of the protocol. The connection it came on has to end; its text never
 * contains what was sent, so it can be logged.
 */
public final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SyncError error;

    /**
     * Describes a violation.
     *
     * @param error a situation on the level of the connection
     */
    public ProtocolViolation(SyncError error, String message) {
        super(message, null, false, false);
        if (error.isSessionLevel()) {
            throw new IllegalArgumentException(error + " does not end a connection");
        }
        this.error = error;
    }

    static ProtocolViolation syntax(String message) {
        return new ProtocolViolation(SyncError.BAD_SYNTAX, message);
    }

    /** The situation to answer with. */
    public SyncError error() {
        return error;
    }

    /** The error code to answer with, 100 to 199. */
    public int code() {
        return error.code();
    }
}
