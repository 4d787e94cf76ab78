// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.link;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.Master;
import org.openros.link.SessionLink;
import org.openros.worker.realm.ClientLink;
import org.openros.worker.realm.MemoryBudget;
import org.openros.worker.realm.Session;

/**
 * One session stream. Events of the transport may come before the session exists and after the stream has ended; the
 * calls of {@link ClientLink} come from the realm's actor.
 */
final class SessionStream implements ClientLink {
    private final ServerCall<byte[], byte[]> call;
    private final MemoryBudget memory;
    private final @Nullable SessionTrail trail;
    private @Nullable Session session;
    /** Memory for the large message that is on its way, or with the session. */
    private long held;
    private boolean gone;
    private boolean ended;

    /**
     * A stream that has just begun.
     *
     * @param trail null if the log does not tell of sessions
     */
    SessionStream(ServerCall<byte[], byte[]> call, MemoryBudget memory, @Nullable SessionTrail trail) {
        this.call = call;
        this.memory = memory;
        this.trail = trail;
    }

    /**
     * Tells the gateway that this worker takes the session; before the session exists, because that may speak at once.
     */
    void take() {
        synchronized (call) {
            if (!ended) {
                call.sendHeaders(new Metadata());
            }
        }
    }

    /** Gives the stream its session and lets the first message come. */
    void attach(Session opened) {
        boolean tooLate;
        synchronized (this) {
            session = opened;
            tooLate = gone;
        }
        if (tooLate) {
            opened.disconnected();
        } else {
            requestNext();
        }
    }

    ServerCall.Listener<byte[]> listener() {
        return new Listener();
    }

    private synchronized @Nullable Session session() {
        return session;
    }

    private void gone() {
        Session known;
        synchronized (this) {
            gone = true;
            known = session;
        }
        release();
        if (trail != null) {
            trail.left(known == null ? null : known.file());
        }
        if (known != null) {
            known.disconnected();
        }
    }

    /** Asks for a message that was announced, once there is memory for it. */
    private void await(int size) {
        long bytes = Math.min(size, memory.limit());
        memory.request(bytes, () -> granted(bytes));
    }

    private void granted(long bytes) {
        boolean tooLate;
        synchronized (this) {
            tooLate = gone;
            held += tooLate ? 0 : bytes;
        }
        if (tooLate) {
            memory.give(bytes);
        } else {
            call.request(1);
        }
    }

    private void release() {
        long bytes;
        synchronized (this) {
            bytes = held;
            held = 0;
        }
        if (bytes > 0) {
            memory.give(bytes);
        }
    }

    @Override
    public boolean isReady() {
        return call.isReady();
    }

    @Override
    public void send(byte[] message) {
        synchronized (call) {
            if (!ended) {
                if (trail != null) {
                    trail.sent(message.length);
                }
                call.sendMessage(message);
            }
        }
    }

    @Override
    public void requestNext() {
        release();
        call.request(1);
    }

    @Override
    public void finish() {
        end(Status.OK, new Metadata());
    }

    @Override
    public void violate(int code, String message) {
        Metadata trailers = new Metadata();
        trailers.put(SessionLink.CONNECTION_ERROR, Integer.toString(code));
        end(Status.INVALID_ARGUMENT.withDescription(message), trailers);
    }

    @Override
    public void unavailable(String message) {
        end(Status.UNAVAILABLE.withDescription(message));
    }

    /** Refuses the stream because another worker is the master. */
    void refuse(@Nullable Master master, String message) {
        Metadata trailers = new Metadata();
        if (master != null) {
            trailers.put(SessionLink.MASTER_EPOCH, master.epoch().toString());
            trailers.put(SessionLink.MASTER_LINK, master.link().toString());
        }
        end(Status.UNAVAILABLE.withDescription(message), trailers);
    }

    void end(Status status) {
        end(status, new Metadata());
    }

    private void end(Status status, Metadata trailers) {
        synchronized (this) {
            gone = true;
        }
        release();
        if (trail != null) {
            Session known = session();
            trail.ended(known == null ? null : known.file(), status);
        }
        synchronized (call) {
            if (!ended) {
                ended = true;
                call.close(status, trailers);
            }
        }
    }

    private final class Listener extends ServerCall.Listener<byte[]> {
        @Override
        public void onMessage(byte[] message) {
            int announced = SessionLink.announced(message);
            Session known = session();
            if (announced >= 0) {
                await(announced);
                return;
            }
            if (trail != null) {
                trail.received(message.length);
            }
            if (known != null) {
                known.receive(message);
            }
        }

        @Override
        public void onReady() {
            Session known = session();
            if (known != null) {
                known.ready();
            }
        }

        @Override
        public void onHalfClose() {
            gone();
        }

        @Override
        public void onCancel() {
            gone();
        }
    }
}
