// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import tools.jackson.databind.node.ObjectNode;

/** Reads messages from a server, as strictly as a stock client does. */
public final class ServerMessageDecoder {
    private ServerMessageDecoder() {}

    /**
     * Reads a whole message. The changesets of a DOWNLOAD are read later, by {@link ServerMessage.Download#entries}.
     *
     * @param message one WebSocket message; not copied by a DOWNLOAD, so not to be modified afterwards
     * @throws ProtocolViolation if it is not exactly one message of partition-based sync
     */
    public static ServerMessage decode(byte[] message) {
        MessageReader in = new MessageReader(message);
        return switch (ServerMessageType.of(in)) {
            case IDENT -> ident(in);
            case DOWNLOAD -> download(in);
            case MARK -> mark(in);
            case UNBOUND -> unbound(in);
            case ERROR -> plainError(in);
            case JSON_ERROR -> jsonError(in);
            case LOG_MESSAGE -> logMessage(in);
            case PONG -> pong(in);
            case CLIENT_VERSION -> clientVersion(in);
            case STATE -> emptyState(in);
            case TEST_COMMAND -> testCommandReply(in);
        };
    }

    private static ServerMessage ident(MessageReader in) {
        ServerMessage ident = new ServerMessage.Ident(in.session(), in.number(), in.number());
        in.end();
        return ident;
    }

    private static ServerMessage download(MessageReader in) {
        long session = in.session();
        DownloadProgress progress = new DownloadProgress(
                in.number(), in.number(), in.number(), in.number(), in.number(), in.number());
        long downloadableBytes = in.number();
        MessageBody body = in.entries(in.flag(), in.number(), in.number());
        return new ServerMessage.Download(session, progress, downloadableBytes, body);
    }

    private static ServerMessage mark(MessageReader in) {
        ServerMessage mark = new ServerMessage.Mark(in.session(), in.number());
        in.end();
        return mark;
    }

    private static ServerMessage unbound(MessageReader in) {
        ServerMessage unbound = new ServerMessage.Unbound(in.session());
        in.end();
        return unbound;
    }

    private static ServerMessage plainError(MessageReader in) {
        int code = in.errorCode();
        long size = in.number();
        boolean tryAgain = in.flag();
        long session = levelled(code, in.number());
        return new ServerMessage.PlainError(session, code, tryAgain, in.body(size).takeText(size));
    }

    private static ServerMessage jsonError(MessageReader in) {
        int code = in.errorCode();
        long size = in.number();
        long session = levelled(code, in.number());
        return new ServerMessage.JsonError(session, code, ErrorBody.decode(in.body(size).take(size)));
    }

    private static ServerMessage logMessage(MessageReader in) {
        long session = in.number();
        long size = in.number();
        ObjectNode json = JsonBody.decode(in.body(size).take(size));
        String level = JsonBody.text(json, "level", "");
        return new ServerMessage.LogMessage(
                session,
                JsonBody.text(json, "co_id", ""),
                level.isEmpty() ? LogLevel.DEBUG : LogLevel.of(level),
                JsonBody.text(json, "msg", ""));
    }

    private static ServerMessage pong(MessageReader in) {
        ServerMessage pong = new ServerMessage.Pong(in.number());
        in.end();
        return pong;
    }

    private static ServerMessage clientVersion(MessageReader in) {
        ServerMessage version = new ServerMessage.ClientVersion(in.session(), in.number());
        in.end();
        return version;
    }

    private static ServerMessage emptyState(MessageReader in) {
        long session = in.session();
        for (int i = 0; i < 6; i++) {
            if (in.number() != 0) {
                throw ProtocolViolation.syntax("only an empty state is understood");
            }
        }
        in.end();
        return new ServerMessage.EmptyState(session);
    }

    private static ServerMessage testCommandReply(MessageReader in) {
        long session = in.session();
        long requestIdent = in.number();
        long size = in.number();
        return new ServerMessage.TestCommandReply(session, requestIdent, in.body(size).takeText(size));
    }

    private static long levelled(int code, long session) {
        if (code >= 200 && code < 300 ? session == 0 : session != 0) {
            throw ProtocolViolation.syntax("the level of an error is not that of its session");
        }
        return session;
    }
}
