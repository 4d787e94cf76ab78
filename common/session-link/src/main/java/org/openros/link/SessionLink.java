// SPDX-License-Identifier: Apache-2.0
package org.openros.link;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.nio.ByteBuffer;

/**
 * The contract of the link. The gateway opens a stream when a client sends BIND. The worker takes the session by
 * sending its response headers, or ends the stream without them: then it has seen nothing, and the gateway may offer
 * the session to another worker. Once the session is taken, the gateway forwards the client's messages of that session
 * unchanged, BIND first; the worker answers with messages for the client, unchanged too. One stream message is one sync
 * protocol message, or the announcement of a large one that follows, so that the worker can ask for it when it has
 * room.
 *
 * <p>The worker ends the stream with OK when the session is over: after UNBOUND, or when the client's UNBIND has
 * followed an error. It ends it with
 * <ul>
 *   <li>INVALID_ARGUMENT and the trailer {@link #CONNECTION_ERROR}: the client broke the protocol, its whole connection
 *       has to end with that code;
 *   <li>UNAVAILABLE: not the master, starting, stopping, overloaded; the client should try again. The trailers
 *       {@link #MASTER_EPOCH} and {@link #MASTER_LINK} say where, if the worker knows;
 *   <li>UNAUTHENTICATED: the realm token does not verify;
 *   <li>any other status: a fault of the worker; to the client the same as UNAVAILABLE.
 * </ul>
 * The gateway cancels the stream when the client's connection is gone.
 */
public final class SessionLink {
    /** The name of the gRPC service. */
    static final String SERVICE = "openros.SessionLink";

    /** The HTTP/2 flow control window of one stream towards the worker in bytes, between two processes. */
    static final int WINDOW_BYTES = 1 << 20;

    /** The call: sync protocol messages in both directions. */
    public static final MethodDescriptor<byte[], byte[]> SESSION = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Session"))
            .setRequestMarshaller(ByteArrayMarshaller.INSTANCE)
            .setResponseMarshaller(ByteArrayMarshaller.INSTANCE)
            .build();

    /** Request header: the realm access token, which names the realm and the rights. */
    public static final Metadata.Key<String> REALM_TOKEN = ascii("realm-token");

    /** Request header: the negotiated protocol version, a decimal number. */
    public static final Metadata.Key<String> PROTOCOL_VERSION = ascii("sync-version");

    /** Request header: identifies the client's connection, for logs and for telling its sessions from others. */
    public static final Metadata.Key<String> CONNECTION_ID = ascii("connection-id");

    /**
     * Request header: the epoch of the master to which the gateway believes it routes, a decimal number; may be
     * missing. Response trailer of UNAVAILABLE: the epoch of the master that the worker knows of.
     */
    public static final Metadata.Key<String> MASTER_EPOCH = ascii("master-epoch");

    /** Response trailer of UNAVAILABLE: where the master of {@link #MASTER_EPOCH} is reached. */
    public static final Metadata.Key<String> MASTER_LINK = ascii("master-link");

    /** Response trailer: the connection-level error code that the gateway has to send, 100 to 199. */
    public static final Metadata.Key<String> CONNECTION_ERROR = ascii("connection-error");

    /** The largest message in bytes: the client's limit of one upload and some room for its header. */
    public static final int MAX_MESSAGE_BYTES = (64 << 20) + 1024;

    /** A message of a client that is not smaller is announced. */
    public static final int ANNOUNCED_BYTES = 256 << 10;

    /** No sync protocol message begins with it. */
    private static final byte ANNOUNCEMENT = 0;

    private SessionLink() {}

    /** What the gateway sends before a message of so many bytes. */
    public static byte[] announcement(int bytes) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put(ANNOUNCEMENT).putInt(bytes).array();
    }

    /** The size of the message that is announced; -1 if this is no announcement. */
    public static int announced(byte[] message) {
        return message.length == 1 + Integer.BYTES && message[0] == ANNOUNCEMENT
                ? Math.max(0, ByteBuffer.wrap(message).getInt(1))
                : -1;
    }

    private static Metadata.Key<String> ascii(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
