// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** A line between two nodes that can be slow, and be cut: at once, or after some more bytes of the dialled node. */
final class FaultProxy implements Closeable {
    /** Small, so that the line and not its buffers decides what is under way. */
    private static final int BUFFER_BYTES = 16 << 10;

    private final URI target;
    private final ServerSocket server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicLong budget = new AtomicLong(Long.MAX_VALUE);
    private final Lock line = new ReentrantLock(true);
    private volatile long bytesPerSecond = Long.MAX_VALUE;

    FaultProxy(URI target) throws IOException {
        this.target = target;
        server = new ServerSocket();
        server.setReceiveBufferSize(BUFFER_BYTES);
        server.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        start(this::accept);
    }

    URI address() {
        return URI.create("grpc://127.0.0.1:" + server.getLocalPort());
    }

    /** Limits what comes from the dialled node, on all connections together. */
    void slowDown(long rate) {
        bytesPerSecond = rate;
    }

    /** Cuts all connections once so many more bytes came from the dialled node; later ones are not touched. */
    void cutAfter(long bytes) {
        budget.set(bytes);
    }

    /** Cuts all connections. */
    void cut() {
        sockets.forEach(FaultProxy::closeQuietly);
        sockets.clear();
    }

    private void accept() {
        try {
            while (true) {
                connect(server.accept());
            }
        } catch (IOException e) {
            cut();
        }
    }

    private void connect(Socket dialler) throws IOException {
        Socket dialled = new Socket();
        try {
            dialled.setReceiveBufferSize(BUFFER_BYTES);
            dialler.setSendBufferSize(BUFFER_BYTES);
            dialled.connect(new java.net.InetSocketAddress(target.getHost(), target.getPort()));
            dialler.setTcpNoDelay(true);
            dialled.setTcpNoDelay(true);
            sockets.add(dialler);
            sockets.add(dialled);
            start(() -> forward(dialler, dialled, false));
            start(() -> forward(dialled, dialler, true));
        } catch (IOException e) {
            closeQuietly(dialler);
            closeQuietly(dialled);
        }
    }

    private void forward(Socket from, Socket to, boolean limited) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[4096];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (limited) {
                    limit(read);
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            closeQuietly(to);
        }
    }

    private void limit(int bytes) throws IOException {
        if (bytesPerSecond != Long.MAX_VALUE) {
            pass(bytes);
        }
        if (budget.addAndGet(-bytes) < 0) {
            budget.set(Long.MAX_VALUE);
            cut();
            throw new IOException("cut");
        }
    }

    private void pass(int bytes) {
        line.lock();
        try {
            LockSupport.parkNanos(bytes * 1_000_000_000L / bytesPerSecond);
        } finally {
            line.unlock();
        }
    }

    private static void start(Runnable work) {
        Thread.ofPlatform().daemon().start(work);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }
}
