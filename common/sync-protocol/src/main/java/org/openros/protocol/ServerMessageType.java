// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

/** The types of messages that a server of partition-based sync can send. */
enum ServerMessageType {
    IDENT("ident"),
    DOWNLOAD("download"),
    MARK("mark"),
    UNBOUND("unbound"),
    ERROR("error"),
    JSON_ERROR("json_error"),
    LOG_MESSAGE("log_message"),
    PONG("pong"),
    CLIENT_VERSION("client_version"),
    STATE("state"),
    TEST_COMMAND("test_command");

    private static final ServerMessageType[] VALUES = values();

    private final byte[] wireName;

    ServerMessageType(String wireName) {
        this.wireName = MessageWriter.ascii(wireName);
    }

    MessageWriter begin(int bodySize) {
        return MessageWriter.of(wireName, bodySize);
    }

    static ServerMessageType of(MessageReader message) {
        for (ServerMessageType type : VALUES) {
            if (message.isType(type.wireName)) {
                return type;
            }
        }
        throw ProtocolViolation.syntax("the message type is unknown");
    }
}
