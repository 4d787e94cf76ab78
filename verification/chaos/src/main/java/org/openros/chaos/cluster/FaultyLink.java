// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A TCP link that can be broken: it listens at one address and hands on to another one with the same port. While nobody
 * listens there, nobody does here, so that it is told from a broken link. Thread-safe.
 */
public final class FaultyLink implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int CONNECT_MILLIS = 2_000;
    private static final int LOOK_MILLIS = 30;

    /** What becomes of bytes and connections. */
    public enum Condition {
        /** They get through. */
        OPEN,
        /** They get lost, and nobody is told: connections stay open and silent. */
        DROPPING,
        /** Connections are reset, new ones too. */
        REJECTING
    }

    private final InetSocketAddress at;
    private final InetSocketAddress target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Condition condition = Condition.OPEN;
    private volatile ServerSocket listener;
    private volatile boolean closed;

    /**
     * Listens.
     *
     * @param at where, an address of this machine other than the target's
     * @param target where the real listener is
     */
    public FaultyLink(InetAddress at, InetSocketAddress target) {
        this.at = new InetSocketAddress(at, target.getPort());
        this.target = target;
        try {
            listener = listen();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen at " + this.at, e);
        }
        Thread.ofVirtual().name("link-" + this.at).start(this::serve);
    }

    private ServerSocket listen() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(at);
        return socket;
    }

    /** Breaks or mends the link. Connections that were cut while it was broken are reset before it is mended. */
    public synchronized void set(Condition next) {
        if (condition != next && (next == Condition.REJECTING || condition == Condition.DROPPING)) {
            sockets.forEach(FaultyLink::reset);
        }
        condition = next;
    }

    /** Whether a connection that has just come may go on. One that is dropped hangs until the link is mended. */
    private synchronized boolean admit(Socket client) {
        sockets.add(client);
        if (condition == Condition.REJECTING) {
            reset(client);
        }
        return condition == Condition.OPEN;
    }

    private void serve() {
        try {
            while (!closed) {
                accept();
                awaitTarget();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the listener is closed. */
    private void accept() {
        ServerSocket open = listener;
        while (!open.isClosed()) {
            try {
                Socket client = open.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                continue; // the listener was closed, or a client has gone already
            }
        }
    }

    private void awaitTarget() throws InterruptedException {
        while (!closed) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            try (Socket attempt = new Socket()) {
                attempt.connect(target, CONNECT_MILLIS);
                listener = listen();
                return;
            } catch (IOException e) {
                continue; // it is still not there
            }
        }
    }

    private void connect(Socket client) {
        if (!admit(client)) {
            return;
        }
        Socket server = new Socket();
        try {
            server.connect(target, CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        } catch (IOException e) {
            reset(client);
            reset(server);
            shut(listener);
            return;
        }
        sockets.add(server);
        Thread.ofVirtual().start(() -> relay(client, server));
        Thread.ofVirtual().start(() -> relay(server, client));
    }

    private static void shut(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void relay(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (condition == Condition.OPEN) {
                    out.write(buffer, 0, count);
                }
            }
            from.close();
            to.close();
        } catch (IOException e) {
            reset(from);
            reset(to); // as the other side has just learned it; a mere close would look like an orderly end
        }
        sockets.remove(from);
        sockets.remove(to);
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            return; // it is closed already
        }
    }

    @Override
    public void close() {
        closed = true;
        shut(listener);
        sockets.forEach(FaultyLink::reset);
    }
}
