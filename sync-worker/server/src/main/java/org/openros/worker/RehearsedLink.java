// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.worker.realm.ClientLink;
import org.openros.worker.realm.Realms;
import org.openros.worker.realm.Session;
import org.openros.worker.realm.SessionTerms;

/** Joins a {@link RehearsedClient} to a session of the same process. Thread-safe. */
final class RehearsedLink implements ClientLink {
    private final Deque<byte[]> outbox = new ArrayDeque<>();
    private final RehearsedClient client;
    private final Runnable done;
    private @Nullable Session session;
    private int allowed = 1;

    /**
     * A link to nothing before {@link #open}.
     *
     * @param done called when all of the client's changes are acknowledged, or the session ends before
     */
    RehearsedLink(int changes, Runnable done) {
        this.client = new RehearsedClient(changes, this::say, done);
        this.done = done;
    }

    synchronized void open(Realms realms, RealmPath path, String connection) {
        session = realms.open(path, this, new SessionTerms(RehearsedClient.PROTOCOL, connection, true));
        client.begin();
    }

    private synchronized void say(byte[] message) {
        outbox.add(message);
        pump();
    }

    private void pump() {
        while (allowed > 0 && !outbox.isEmpty() && session != null) {
            allowed--;
            session.receive(outbox.remove());
        }
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public synchronized void requestNext() {
        allowed++;
        pump();
    }

    @Override
    public synchronized void send(byte[] message) {
        client.hear(message);
    }

    @Override
    public void finish() {
        done.run();
    }

    @Override
    public void violate(int code, String message) {
        done.run();
    }

    @Override
    public void unavailable(String message) {
        done.run();
    }
}
