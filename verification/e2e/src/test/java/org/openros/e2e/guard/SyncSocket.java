// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.openros.chaos.client.Wire;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ServerMessage;

/** One sync connection, whose silence fails the test; used by one thread. */
final class SyncSocket implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Wire wire;

    SyncSocket(HttpClient http, URI address) throws IOException {
        try {
            wire = new Wire(http, address);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(ClientMessage message) throws IOException {
        try {
            wire.send(message);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the server serves the connection: the first that it says is then a line for the log. */
    boolean isServed() throws IOException {
        return next() instanceof ServerMessage.LogMessage;
    }

    /** The next message that is not for the log. */
    ServerMessage receive() throws IOException {
        while (true) {
            ServerMessage message = next();
            if (!(message instanceof ServerMessage.LogMessage)) {
                return message;
            }
        }
    }

    private ServerMessage next() throws IOException {
        try {
            ServerMessage message = wire.receive(PATIENCE.toNanos());
            if (message == null) {
                throw new AssertionError("nothing came for " + PATIENCE);
            }
            return message;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
