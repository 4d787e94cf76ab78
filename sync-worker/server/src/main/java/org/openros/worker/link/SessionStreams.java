// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.link;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.openros.domain.token.AccessRight;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.KeysUnavailableException;
import org.openros.domain.token.RealmToken;
import org.openros.domain.token.RealmTokenVerifier;
import org.openros.link.SessionLink;
import org.openros.worker.realm.Realms;
import org.openros.worker.realm.SessionTerms;

/**
 * Turns session streams of gateways into sessions: verifies the realm token, then opens a session on the realm that it
 * names. Runs on the transport's threads and does not block them.
 */
public final class SessionStreams implements ServerCallHandler<byte[], byte[]> {
    private final Realms realms;
    private final RealmTokenVerifier tokens;
    private final Executor blocking;
    private volatile boolean serving;

    /**
     * Streams for the realms of a worker; refuses all of them until {@link #serve} allows it.
     *
     * @param blocking runs the verification of tokens, which may have to fetch keys
     */
    public SessionStreams(Realms realms, RealmTokenVerifier tokens, Executor blocking) {
        this.realms = realms;
        this.tokens = tokens;
        this.blocking = blocking;
    }

    /** Says whether this worker is the master, so that it may open sessions. */
    public void serve(boolean allowed) {
        serving = allowed;
    }

    @Override
    public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> call, Metadata headers) {
        SessionStream stream = new SessionStream(call);
        call.sendHeaders(new Metadata());
        blocking.execute(() -> open(stream, headers));
        return stream.listener();
    }

    private void open(SessionStream stream, Metadata headers) {
        if (!serving) {
            stream.unavailable("this worker is not the master of its group");
            return;
        }
        try {
            RealmToken token = tokens.verify(require(headers.get(SessionLink.REALM_TOKEN)));
            stream.attach(realms.open(token.path(), stream, terms(token, headers)));
        } catch (InvalidTokenException e) {
            stream.end(Status.UNAUTHENTICATED.withDescription("the realm token is not valid"));
        } catch (KeysUnavailableException e) {
            stream.unavailable("the realm token cannot be verified at the moment");
        } catch (IllegalArgumentException e) {
            stream.end(Status.INTERNAL.withDescription("the stream's headers are not complete"));
        }
    }

    private static SessionTerms terms(RealmToken token, Metadata headers) {
        return new SessionTerms(
                Integer.parseInt(require(headers.get(SessionLink.PROTOCOL_VERSION))),
                require(headers.get(SessionLink.CONNECTION_ID)),
                token.allows(AccessRight.WRITE));
    }

    private static String require(@Nullable String header) {
        if (header == null) {
            throw new IllegalArgumentException("a header is missing");
        }
        return header;
    }
}
