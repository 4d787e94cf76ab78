// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

/** The types of messages that a client of partition-based sync can send. */
public enum ClientMessageType {
    BIND("bind"),
    REFRESH("refresh"),
    IDENT("ident"),
    UPLOAD("upload"),
    MARK("mark"),
    UNBIND("unbind"),
    JSON_ERROR("json_error"),
    /** The only message of the connection; all others belong to a session. */
    PING("ping"),
    CLIENT_VERSION_REQUEST("client_version_request"),
    STATE_REQUEST("state_request"),
    TEST_COMMAND("test_command");

    private static final ClientMessageType[] VALUES = values();

    private final byte[] wireName;

    ClientMessageType(String wireName) {
        this.wireName = MessageWriter.ascii(wireName);
    }

    MessageWriter begin(int bodySize) {
        return MessageWriter.of(wireName, bodySize);
    }

    static ClientMessageType of(MessageReader message) {
        for (ClientMessageType type : VALUES) {
            if (message.isType(type.wireName)) {
                return type;
            }
        }
        throw ProtocolViolation.syntax("the message type is unknown");
    }
}
