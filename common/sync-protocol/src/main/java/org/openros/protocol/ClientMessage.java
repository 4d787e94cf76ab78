// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import tools.jackson.databind.node.JsonNodeFactory;

/** A message from a client (sync protocol, section 3). Numbers are in [0, 2<sup>63</sup> - 1]. */
public sealed interface ClientMessage {
    /** The message as it travels. */
    byte[] encode();

    /** A message that belongs to a session. */
    sealed interface OfSession extends ClientMessage {
        /** The session that the message is about, at least 1. */
        long session();
    }

    /**
     * Opens a session.
     *
     * @param path the partition value as the SDK wrote it, 1 to 1024 bytes
     * @param token an access token from clients of protocol versions up to 3; otherwise empty
     * @param needsFileIdent the server is to answer with an IDENT
     * @param isSubserver never set by SDKs
     */
    record Bind(long session, String path, String token, boolean needsFileIdent, boolean isSubserver)
            implements OfSession {
        @Override
        public byte[] encode() {
            byte[] pathBytes = path.getBytes(StandardCharsets.UTF_8);
            byte[] tokenBytes = token.getBytes(StandardCharsets.UTF_8);
            return ClientMessageType.BIND
                    .begin(pathBytes.length + tokenBytes.length)
                    .field(session)
                    .field(pathBytes.length)
                    .field(tokenBytes.length)
                    .field(needsFileIdent)
                    .field(isSubserver)
                    .line()
                    .bytes(pathBytes)
                    .bytes(tokenBytes)
                    .toBytes();
        }

        /** Without the token, which is a secret. */
        @Override
        public String toString() {
            return "Bind[session=" + session + ", path=" + path + ", needsFileIdent=" + needsFileIdent + "]";
        }
    }

    /** Replaces the access token of a session (clients of protocol versions up to 3). */
    record Refresh(long session, String token) implements OfSession {
        @Override
        public byte[] encode() {
            byte[] tokenBytes = token.getBytes(StandardCharsets.UTF_8);
            return ClientMessageType.REFRESH
                    .begin(tokenBytes.length)
                    .field(session)
                    .field(tokenBytes.length)
                    .line()
                    .bytes(tokenBytes)
                    .toBytes();
        }

        /** Without the token, which is a secret. */
        @Override
        public String toString() {
            return "Refresh[session=" + session + "]";
        }
    }

    /**
     * Tells who the client is and what it has.
     *
     * @param fileIdent the client file identifier, not checked for its range
     * @param fileIdentSalt the secret that came with it
     * @param downloadServerVersion what the client has integrated
     * @param downloadClientVersion the number received with that
     * @param latestServerVersion the newest version that the client has heard of; 0 for none
     * @param latestServerVersionSalt its salt
     */
    record Ident(
            long session,
            long fileIdent,
            long fileIdentSalt,
            long downloadServerVersion,
            long downloadClientVersion,
            long latestServerVersion,
            long latestServerVersionSalt)
            implements OfSession {
        @Override
        public byte[] encode() {
            return ClientMessageType.IDENT
                    .begin(0)
                    .field(session)
                    .field(fileIdent)
                    .field(fileIdentSalt)
                    .field(downloadServerVersion)
                    .field(downloadClientVersion)
                    .field(latestServerVersion)
                    .field(latestServerVersionSalt)
                    .line()
                    .toBytes();
        }
    }

    /**
     * Brings changesets, or only reports progress.
     *
     * @param body the entries as they travelled; keeps the message's bytes alive
     */
    record Upload(long session, UploadProgress progress, MessageBody body) implements OfSession {
        /**
         * Reads the entries. They are decompressed now and read one by one.
         *
         * @param maxBodyBytes the largest acceptable size of the decompressed entries
         * @return an iterator whose steps throw {@link ProtocolViolation} too
         * @throws ProtocolViolation if the body is malformed or too large
         */
        public Iterator<UploadEntry> entries(int maxBodyBytes) {
            return new EntryReader<>(body.plain(maxBodyBytes), UploadEntry::read);
        }

        @Override
        public byte[] encode() {
            MessageWriter out = ClientMessageType.UPLOAD.begin(body.wireSize()).field(session);
            // The compression fields stand before the progress, unlike in a DOWNLOAD.
            body.writeFields(out);
            out.field(progress.clientVersion())
                    .field(progress.serverVersion())
                    .field(progress.lockedServerVersion())
                    .line();
            return body.writeBytes(out).toBytes();
        }
    }

    /** Asks for a reply when everything that is on the server now has been sent. */
    record Mark(long session, long requestIdent) implements OfSession {
        @Override
        public byte[] encode() {
            return ClientMessageType.MARK.begin(0).field(session).field(requestIdent).line().toBytes();
        }
    }

    /** Closes a session. */
    record Unbind(long session) implements OfSession {
        @Override
        public byte[] encode() {
            return ClientMessageType.UNBIND.begin(0).field(session).line().toBytes();
        }
    }

    /** The client failed to integrate a DOWNLOAD and has stopped (sync protocol, section 3.12). */
    record ClientError(long session, int code, String message) implements OfSession {
        @Override
        public byte[] encode() {
            byte[] json = JsonBody.encode(JsonNodeFactory.instance.objectNode().put("message", message));
            return ClientMessageType.JSON_ERROR
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
     * Asks for a PONG.
     *
     * @param timestamp milliseconds of the client's monotonic clock
     * @param roundTrip milliseconds that the previous PING took, or 0
     */
    record Ping(long timestamp, long roundTrip) implements ClientMessage {
        @Override
        public byte[] encode() {
            return ClientMessageType.PING.begin(0).field(timestamp).field(roundTrip).line().toBytes();
        }
    }

    /** An old client prepares its reset: it asks how far a file was integrated. */
    record ClientVersionRequest(long session, long fileIdent, long fileIdentSalt) implements OfSession {
        @Override
        public byte[] encode() {
            return ClientMessageType.CLIENT_VERSION_REQUEST
                    .begin(0)
                    .field(session)
                    .field(fileIdent)
                    .field(fileIdentSalt)
                    .line()
                    .toBytes();
        }
    }

    /**
     * An old client prepares its reset: it asks for a state realm (sync protocol, section 3.15).
     *
     * @param partialServerVersion version of a partial transfer to continue, or 0
     * @param partialSalt its salt
     * @param offset where to continue, in bytes
     */
    record StateRequest(
            long session,
            long partialServerVersion,
            long partialSalt,
            long offset,
            boolean needsRecent,
            long minFileFormat,
            long maxFileFormat,
            long minHistorySchema,
            long maxHistorySchema)
            implements OfSession {
        @Override
        public byte[] encode() {
            return ClientMessageType.STATE_REQUEST
                    .begin(0)
                    .field(session)
                    .field(partialServerVersion)
                    .field(partialSalt)
                    .field(offset)
                    .field(needsRecent)
                    .field(minFileFormat)
                    .field(maxFileFormat)
                    .field(minHistorySchema)
                    .field(maxHistorySchema)
                    .line()
                    .toBytes();
        }
    }

    /** A command of a test suite; SDKs do not send it. */
    record TestCommand(long session, long requestIdent, String body) implements OfSession {
        @Override
        public byte[] encode() {
            byte[] json = body.getBytes(StandardCharsets.UTF_8);
            return ClientMessageType.TEST_COMMAND
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
