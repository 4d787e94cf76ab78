// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.ServerMessageDecoder;

/** A client that keeps nothing of what it receives. What it was sent waits in the link until it reads. */
final class LargeClient implements ClientLink {
    /** Uploads that wait until the session has begun. */
    private final Deque<byte[]> later = new ArrayDeque<>();
    private final Deque<byte[]> outbox = new ArrayDeque<>();
    private final Deque<byte[]> inbox = new ArrayDeque<>();
    private @Nullable Session session;
    private int allowed;
    private long seen;
    private int readings;
    private int slowness = 1;
    private String end = "";

    static LargeClient open(Realms realms, RealmPath path, String connection) {
        LargeClient client = new LargeClient();
        synchronized (client) {
            client.session = realms.open(path, client, new SessionTerms(14, connection, true));
            client.allowed = 1;
        }
        client.say(new ClientMessage.Bind(RawClient.SESSION, "\"test\"", "", true, false));
        return client;
    }

    /** Reads only now and then. */
    LargeClient slow() {
        slowness = 40;
        return this;
    }

    /** Uploads something once the session has begun. */
    synchronized void upload(byte[] message) {
        later.add(message);
    }

    private synchronized void say(ClientMessage message) {
        outbox.add(message.encode());
        pump();
    }

    private synchronized void pump() {
        while (allowed > 0 && !outbox.isEmpty() && session != null) {
            allowed--;
            session.receive(outbox.remove().clone());
        }
    }

    /** Takes what waits; tells the session that there is room again. */
    void read() {
        if (++readings % slowness != 0) {
            return;
        }
        Session known;
        synchronized (this) {
            while (!inbox.isEmpty()) {
                take(ServerMessageDecoder.decode(inbox.remove()));
            }
            known = session;
        }
        if (known != null) {
            known.ready();
        }
    }

    private void take(ServerMessage message) {
        if (message instanceof ServerMessage.Ident ident) {
            say(new ClientMessage.Ident(RawClient.SESSION, ident.fileIdent(), ident.salt(), 0, 0, 0, 0));
            outbox.addAll(later);
            pump();
        } else if (message instanceof ServerMessage.Download download) {
            seen = Math.max(download.progress().downloadServerVersion(), download.progress().uploadClientVersion());
        }
    }

    /** Whether everything up to a version has come, or was acknowledged. */
    synchronized boolean isDone(long version) {
        return seen >= version;
    }

    synchronized String end() {
        return end;
    }

    @Override
    public synchronized boolean isReady() {
        return inbox.isEmpty();
    }

    @Override
    public synchronized void send(byte[] message) {
        inbox.add(message);
    }

    @Override
    public synchronized void requestNext() {
        allowed++;
        pump();
    }

    @Override
    public synchronized void finish() {
        end = "finished";
    }

    @Override
    public synchronized void violate(int code, String message) {
        end = "violation " + code + " " + message;
    }

    @Override
    public synchronized void unavailable(String message) {
        end = "unavailable " + message;
    }
}
