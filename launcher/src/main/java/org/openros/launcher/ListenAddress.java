// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An address to listen on, known to be free a moment ago. Looking first gives a clear message before anything is
 * started, and lets each application be told the other's port.
 *
 * @param port never 0
 */
public record ListenAddress(InetAddress host, int port) {
    /** Ports below the range from which systems take the local ports of outgoing connections. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 100;

    /**
     * The address a user asked for.
     *
     * @param port 0 for any free one
     * @throws StartFailure if it cannot be used
     */
    public static ListenAddress of(String host, int port) {
        InetAddress address = resolve(host);
        if (port == 0) {
            return anyPort(address);
        }
        try {
            probe(address, port);
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.ADDRESS, "cannot listen on " + host + ":" + port + " (" + e.getMessage()
                    + "): free it, or give another --port or --host", e);
        }
        return new ListenAddress(address, port);
    }

    /** Any free port that only this machine can reach. */
    public static ListenAddress internal() {
        return anyPort(InetAddress.getLoopbackAddress());
    }

    private static ListenAddress anyPort(InetAddress address) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            try {
                probe(address, port);
                return new ListenAddress(address, port);
            } catch (IOException e) {
                continue;
            }
        }
        throw new StartFailure(ExitStatus.ADDRESS, "no port is free on " + address.getHostAddress());
    }

    private static void probe(InetAddress address, int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
        }
    }

    private static InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new StartFailure(ExitStatus.ADDRESS, "unknown --host " + host, e);
        }
    }

    /** A URL under which this machine reaches the address. */
    String url() {
        InetAddress reached = host.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : host;
        String text = reached.getHostAddress();
        return "http://" + (text.contains(":") ? "[" + text + "]" : text) + ":" + port;
    }
}
