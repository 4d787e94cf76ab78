// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between clients and a server, counts the sync connections, and can cut all of them. */
public final class CountingProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final URI server;
    private final ServerSocket listener;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger syncConnections = new AtomicInteger();

    /** A proxy for the server with that URL. */
    public CountingProxy(String url) {
        server = URI.create(url);
        try {
            listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** What clients take as {@code baseUrl} instead of the server's. */
    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** How many sync connections clients have opened so far. */
    public int syncConnections() {
        return syncConnections.get();
    }

    /** Breaks every connection. */
    public void cut() {
        open.forEach(CountingProxy::close);
        open.clear();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket upstream = new Socket(server.getHost(), server.getPort());
                open.addAll(List.of(client, upstream));
                Thread.ofVirtual().start(() -> relay(client, upstream, true));
                Thread.ofVirtual().start(() -> relay(upstream, client, false));
            } catch (IOException e) {
                continue; // the listener was closed, or the server is not there
            }
        }
    }

    private void relay(Socket from, Socket to, boolean fromClient) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            boolean first = fromClient;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (first && new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains("/realm-sync")) {
                    syncConnections.incrementAndGet();
                }
                first = false;
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            return; // one side is gone, which the other learns by the close
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
