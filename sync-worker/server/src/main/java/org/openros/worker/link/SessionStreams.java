// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.link;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.token.AccessRight;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.KeysUnavailableException;
import org.openros.domain.token.RealmToken;
import org.openros.domain.token.RealmTokenVerifier;
import org.openros.link.SessionLink;
import org.openros.worker.group.GroupNode;
import org.openros.worker.group.Reigns;
import org.openros.worker.realm.SessionTerms;
import org.openros.worker.realm.WorkMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns session streams of gateways into sessions: verifies the realm token, then opens a session on the realm that it
 * names. Runs on the transport's threads and does not block them.
 */
public final class SessionStreams implements ServerCallHandler<byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(SessionStreams.class);
    private static final long WARN_EVERY = Duration.ofMinutes(1).toNanos();

    private final AtomicLong warnedNanos = new AtomicLong(System.nanoTime() - WARN_EVERY);
    private final GroupNode node;
    private final RealmTokenVerifier tokens;
    private final Executor blocking;
    private final WorkMemory memory;
    private final boolean logged;

    /**
     * Streams for the realms of a node's reigns; refuses all of them in between.
     *
     * @param blocking runs the verification of tokens, which may have to fetch keys
     * @param memory that large messages wait for
     * @param logged whether the log tells of each session
     */
    public SessionStreams(
            GroupNode node, RealmTokenVerifier tokens, Executor blocking, WorkMemory memory, boolean logged) {
        this.node = node;
        this.tokens = tokens;
        this.blocking = blocking;
        this.memory = memory;
        this.logged = logged;
    }

    @Override
    public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> call, Metadata headers) {
        SessionTrail trail = logged ? new SessionTrail(headers.get(SessionLink.CONNECTION_ID)) : null;
        SessionStream stream = new SessionStream(call, memory.messages(), trail);
        blocking.execute(() -> open(stream, headers, trail));
        return stream.listener();
    }

    private void open(SessionStream stream, Metadata headers, @Nullable SessionTrail trail) {
        try {
            Reigns.Reign reign = node.awaitReign();
            if (reign == null) {
                stream.refuse(node.master(), "this worker is not the master of its group");
            } else if (epoch(headers).compareTo(reign.epoch()) > 0) {
                node.doubt();
                stream.refuse(node.master(), "this worker may no longer be the master of its group");
            } else {
                RealmToken token = tokens.verify(require(headers.get(SessionLink.REALM_TOKEN)));
                requireToRead(token);
                SessionTerms terms = terms(token, headers);
                clear(headers);
                if (trail != null) {
                    trail.begins(token);
                }
                stream.take();
                stream.attach(reign.realms().open(token.path(), stream, terms));
            }
        } catch (InvalidTokenException e) {
            stream.end(Status.UNAUTHENTICATED.withDescription("the realm token is not valid: " + e.getMessage()));
            warnOfClocks(e.reason());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stream.unavailable("the worker stops");
        } catch (KeysUnavailableException e) {
            stream.unavailable("the realm token cannot be verified at the moment");
        } catch (IllegalArgumentException e) {
            stream.end(Status.INTERNAL.withDescription("the stream's headers are not complete"));
        }
    }

    /** Realm tokens are used moments after they were signed: one that has expired tells of clocks, not of clients. */
    private void warnOfClocks(InvalidTokenException.Reason reason) {
        long now = System.nanoTime();
        long before = warnedNanos.get();
        if (reason == InvalidTokenException.Reason.EXPIRED && now - before >= WARN_EVERY
                && warnedNanos.compareAndSet(before, now)) {
            LOG.warn("sessions are refused: their realm tokens have expired by the clock of this machine, which shows {};"
                    + " compare it with the machines of core services, and set the one that is wrong", Instant.now());
        }
    }

    /** Core services give no such token; a client that may not read hears so before it gets here. */
    private static void requireToRead(RealmToken token) throws InvalidTokenException {
        if (!token.allows(AccessRight.READ)) {
            throw new InvalidTokenException(InvalidTokenException.Reason.MALFORMED,
                    "a token without the right to read");
        }
    }

    /** The epoch of the master that the gateway believes it talks to. */
    private static Epoch epoch(Metadata headers) {
        String epoch = headers.get(SessionLink.MASTER_EPOCH);
        return epoch == null ? Epoch.NONE : new Epoch(Long.parseLong(epoch));
    }

    private static SessionTerms terms(RealmToken token, Metadata headers) {
        return new SessionTerms(
                Integer.parseInt(require(headers.get(SessionLink.PROTOCOL_VERSION))),
                require(headers.get(SessionLink.CONNECTION_ID)),
                token.allows(AccessRight.WRITE));
    }

    /**
     * The transport inside of one process keeps the headers of a stream, the token with them, as long as the stream.
     */
    private static void clear(Metadata headers) {
        for (String name : headers.keys()) {
            if (!name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
                headers.discardAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
            }
        }
    }

    private static String require(@Nullable String header) {
        if (header == null) {
            throw new IllegalArgumentException("a header is missing");
        }
        return header;
    }
}
