// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A message from the server (sync protocol, section 3). Numbers are in [0, 2<sup>63</sup> - 1]. */
public sealed interface ServerMessage {
    /**
     * The message as it travels.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    byte[] encode();

    /** A message that names a session; 0 stands for the connection in errors and log messages. */
    sealed interface OfSession extends ServerMessage {
        /** The session that the message is about. */
        long session();
    }

    /**
     * Gives the client a file identifier.
     *
     * @param fileIdent at least 2
     * @param salt at least 1
     */
    record Ident(long session, long fileIdent, long salt) implements OfSession {
        @Override
        public byte[] encode() {
            return ServerMessageType.IDENT
                    .begin(0)
                    .field(session)
                    .field(fileIdent)
                    .field(salt)
                    .line()
                    .toBytes();
        }
    }

    /**
     * Brings changesets of others, and the acknowledgement of the client's own.
     *
     * @param downloadableBytes estimate of what is still to come after this message; 0 when nothing is
     * @param body the entries, see {@link DownloadEntry#encode}; may be shared between sessions
     */
    record Download(long session, DownloadProgress progress, long downloadableBytes, MessageBody body)
            implements OfSession {
        /** A message with entries; compresses them if that is worth it. */
        public static Download of(
                long session, DownloadProgress progress, long downloadableBytes, List<DownloadEntry> entries) {
            return new Download(session, progress, downloadableBytes, DownloadEntry.encode(entries));
        }

        /**
         * Reads the entries. They are decompressed now and read one by one.
         *
         * @param maxBodyBytes the largest acceptable size of the decompressed entries
         * @return an iterator whose steps throw {@link ProtocolViolation} too
         * @throws ProtocolViolation if the body is malformed or too large
         */
        public Iterator<DownloadEntry> entries(int maxBodyBytes) {
            return new EntryReader<>(body.plain(maxBodyBytes), DownloadEntry::read);
        }

        @Override
        public byte[] encode() {
            MessageWriter out = ServerMessageType.DOWNLOAD
                    .begin(body.wireSize())
                    .field(session)
                    .field(progress.downloadServerVersion())
                    .field(progress.downloadClientVersion())
                    .field(progress.latestServerVersion())
                    .field(progress.latestServerVersionSalt())
                    .field(progress.uploadClientVersion())
                    .field(progress.uploadServerVersion())
                    .field(downloadableBytes);
            body.writeFields(out);
            return body.writeBytes(out.line()).toBytes();
        }
    }

    /** Answers a MARK. */
    record Mark(long session, long requestIdent) implements OfSession {
        @Override
        public byte[] encode() {
            return ServerMessageType.MARK.begin(0).field(session).field(requestIdent).line().toBytes();
        }
    }

    /** Answers an UNBIND. */
    record Unbound(long session) implements OfSession {
        @Override
        public byte[] encode() {
            return ServerMessageType.UNBOUND.begin(0).field(session).line().toBytes();
        }
    }

    /**
     * The plain error, for clients of protocol versions up to 3. Servers get it from {@link ErrorReply}.
     *
     * @param session 0 for the connection
     */
    record PlainError(long session, int code, boolean tryAgain, String message) implements OfSession {
        @Override
        public byte[] encode() {
            byte[] text = message.getBytes(StandardCharsets.UTF_8);
            return ServerMessageType.ERROR
                    .begin(text.length)
                    .field(code)
                    .field(text.length)
                    .field(tryAgain)
                    .field(session)
                    .line()
                    .bytes(text)
                    .toBytes();
        }
    }

    /**
     * The error for clients of protocol versions from 4 on. Servers get it from {@link ErrorReply}.
     *
     * @param session 0 for the connection
     */
    record JsonError(long session, int code, ErrorBody body) implements OfSession {
        @Override
        public byte[] encode() {
            byte[] json = body.encode();
            return ServerMessageType.JSON_ERROR
                    .begin(json.length)
                    .field(code)
                    .field(json.length)
                    .field(session)
                    .line()
                    .bytes(json)
                    .toBytes();
        }
    }

    /**
     * A line for the client's log; only for protocol versions from 10 on.
     *
     * @param session 0 for the connection
     * @param connectionId the id under which the client logs the connection; empty to leave it
     */
    record LogMessage(long session, String connectionId, LogLevel level, String message) implements OfSession {
        /** The lowest protocol version whose clients know the message. */
        public static final int FIRST_VERSION = 10;

        @Override
        public byte[] encode() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            if (!connectionId.isEmpty()) {
                json.put("co_id", connectionId);
            }
            byte[] bytes = JsonBody.encode(json.put("level", level.wireName()).put("msg", message));
            return ServerMessageType.LOG_MESSAGE
                    .begin(bytes.length)
                    .field(session)
                    .field(bytes.length)
                    .line()
                    .bytes(bytes)
                    .toBytes();
        }
    }

    /** Answers a PING. */
    record Pong(long timestamp) implements ServerMessage {
        @Override
        public byte[] encode() {
            return ServerMessageType.PONG.begin(0).field(timestamp).line().toBytes();
        }
    }

    /**
     * Answers a client version request.
     *
     * @param clientVersion 0 if the file is unknown
     */
    record ClientVersion(long session, long clientVersion) implements OfSession {
        @Override
        public byte[] encode() {
            return ServerMessageType.CLIENT_VERSION
                    .begin(0)
                    .field(session)
                    .field(clientVersion)
                    .line()
                    .toBytes();
        }
    }

    /** Answers a state request with "there is no state realm"; the client goes on and downloads the history. */
    record EmptyState(long session) implements OfSession {
        @Override
        public byte[] encode() {
            MessageWriter out = ServerMessageType.STATE.begin(0).field(session);
            return out.field(0).field(0).field(0).field(0).field(0).field(0).line().toBytes();
        }
    }

    /** Answers a test command. */
    record TestCommandReply(long session, long requestIdent, String body) implements OfSession {
        @Override
        public byte[] encode() {
            byte[] json = body.getBytes(StandardCharsets.UTF_8);
            return ServerMessageType.TEST_COMMAND
                    .begin(json.length)
                    .field(session)
                    .field(requestIdent)
                    .field(json.length)
                    .line()
                    .bytes(json)
                    .toBytes();
        }
    }
}
