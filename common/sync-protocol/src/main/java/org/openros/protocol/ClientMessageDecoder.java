// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import org.openros.domain.Partition;

/** Reads messages from clients. Nothing but {@link ProtocolViolation} is thrown, whatever the bytes are. */
public final class ClientMessageDecoder {
    private static final int MAX_TOKEN_BYTES = 32 << 10;
    private static final int MAX_JSON_BYTES = 1 << 20;

    private ClientMessageDecoder() {}

    /**
     * Reads a whole message. The changesets of an UPLOAD are read later, by {@link ClientMessage.Upload#entries}.
     *
     * @param message one WebSocket message; not copied by an UPLOAD, so not to be modified afterwards
     * @throws ProtocolViolation if it is not exactly one message of partition-based sync
     */
    public static ClientMessage decode(byte[] message) {
        MessageReader in = new MessageReader(message);
        return switch (ClientMessageType.of(in)) {
            case BIND -> bind(in);
            case REFRESH -> refresh(in);
            case IDENT -> ident(in);
            case UPLOAD -> upload(in);
            case MARK -> mark(in);
            case UNBIND -> unbind(in);
            case JSON_ERROR -> clientError(in);
            case PING -> ping(in);
            case CLIENT_VERSION_REQUEST -> clientVersionRequest(in);
            case STATE_REQUEST -> stateRequest(in);
            case TEST_COMMAND -> testCommand(in);
        };
    }

    /**
     * Reads the type and the session only; the rest of the message is not looked at, apart from the end of its header.
     *
     * @throws ProtocolViolation if the type is unknown or there is no session identifier
     */
    public static MessageRoute route(byte[] message) {
        MessageReader in = new MessageReader(message);
        ClientMessageType type = ClientMessageType.of(in);
        if (type == ClientMessageType.PING) {
            return new MessageRoute(type, 0);
        }
        if (type == ClientMessageType.JSON_ERROR) {
            in.number();
            in.number();
        }
        return new MessageRoute(type, in.session());
    }

    private static ClientMessage bind(MessageReader in) {
        long session = in.session();
        long pathSize = in.number();
        long tokenSize = in.number();
        boolean needsFileIdent = in.flag();
        boolean isSubserver = in.flag();
        if (pathSize == 0 || pathSize > Partition.MAX_BYTES) {
            throw ProtocolViolation.syntax("a path has 1 to " + Partition.MAX_BYTES + " bytes");
        }
        checkSize(tokenSize, MAX_TOKEN_BYTES);
        ByteCursor body = in.body(pathSize + tokenSize);
        String path = body.takeText(pathSize);
        return new ClientMessage.Bind(session, path, body.takeText(tokenSize), needsFileIdent, isSubserver);
    }

    private static ClientMessage refresh(MessageReader in) {
        long session = in.session();
        long size = checkSize(in.number(), MAX_TOKEN_BYTES);
        return new ClientMessage.Refresh(session, in.body(size).takeText(size));
    }

    private static ClientMessage ident(MessageReader in) {
        ClientMessage ident = new ClientMessage.Ident(
                in.session(), in.number(), in.number(), in.number(), in.number(), in.number(), in.number());
        in.end();
        return ident;
    }

    private static ClientMessage upload(MessageReader in) {
        long session = in.session();
        boolean compressed = in.flag();
        long plainSize = in.number();
        long compressedSize = in.number();
        UploadProgress progress = new UploadProgress(in.number(), in.number(), in.number());
        return new ClientMessage.Upload(session, progress, in.entries(compressed, plainSize, compressedSize));
    }

    private static ClientMessage mark(MessageReader in) {
        ClientMessage mark = new ClientMessage.Mark(in.session(), in.number());
        in.end();
        return mark;
    }

    private static ClientMessage unbind(MessageReader in) {
        ClientMessage unbind = new ClientMessage.Unbind(in.session());
        in.end();
        return unbind;
    }

    private static ClientMessage clientError(MessageReader in) {
        int code = in.errorCode();
        long size = checkSize(in.number(), MAX_JSON_BYTES);
        long session = in.session();
        byte[] body = in.body(size).take(size);
        return new ClientMessage.ClientError(session, code, JsonBody.text(JsonBody.decode(body), "message"));
    }

    private static ClientMessage ping(MessageReader in) {
        ClientMessage ping = new ClientMessage.Ping(in.number(), in.number());
        in.end();
        return ping;
    }

    private static ClientMessage clientVersionRequest(MessageReader in) {
        ClientMessage request = new ClientMessage.ClientVersionRequest(in.session(), in.number(), in.number());
        in.end();
        return request;
    }

    private static ClientMessage stateRequest(MessageReader in) {
        ClientMessage request = new ClientMessage.StateRequest(
                in.session(),
                in.number(),
                in.number(),
                in.number(),
                in.flag(),
                in.number(),
                in.number(),
                in.number(),
                in.number());
        in.end();
        return request;
    }

    private static ClientMessage testCommand(MessageReader in) {
        long session = in.session();
        long requestIdent = in.number();
        long size = checkSize(in.number(), MAX_JSON_BYTES);
        return new ClientMessage.TestCommand(session, requestIdent, in.body(size).takeText(size));
    }

    private static long checkSize(long size, int limit) {
        if (size > limit) {
            throw ProtocolViolation.syntax("a stated size is too large");
        }
        return size;
    }
}
