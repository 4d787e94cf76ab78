// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import org.openros.protocol.ServerMessage;
import org.openros.protocol.ServerMessageDecoder;

/** Whether a message of a worker ends its session for the client. */
enum Ending {
    /** The session goes on. */
    NONE,
    /** The client's UNBIND is answered. */
    UNBOUND,
    /** The client owes UNBIND, if it has not sent it yet. */
    ERROR;

    /** Codes that inform the client and leave the session as it is (sync protocol, section 7.2). */
    private static final int COMPENSATING_WRITE = 231;

    private static final int SCHEMA_VERSION_CHANGED = 236;

    /** Looks at the message; only the rare ones are read. */
    static Ending of(byte[] message) {
        char first = message.length == 0 ? 0 : (char) message[0];
        return switch (first) {
            case 'u', 'e', 'j' -> read(message);
            default -> NONE;
        };
    }

    private static Ending read(byte[] message) {
        return switch (ServerMessageDecoder.decode(message)) {
            case ServerMessage.Unbound unbound -> UNBOUND;
            case ServerMessage.PlainError error -> ERROR;
            case ServerMessage.JsonError error -> ends(error.code()) ? ERROR : NONE;
            default -> NONE;
        };
    }

    private static boolean ends(int code) {
        return code != COMPENSATING_WRITE && code != SCHEMA_VERSION_CHANGED;
    }
}
