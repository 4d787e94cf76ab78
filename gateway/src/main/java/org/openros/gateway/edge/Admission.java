// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.edge;

import io.netty.channel.Channel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Decides how many connections an address and a user may have. Thread-safe. */
public final class Admission {
    private final EdgeSettings settings;
    private final ClientAddresses clients;
    private final LimitMetrics metrics;
    private final ConnectionCounts addresses = new ConnectionCounts();
    private final ConnectionCounts users = new ConnectionCounts();

    /** With nobody let in yet. */
    public Admission(EdgeSettings settings, ClientAddresses clients, LimitMetrics metrics) {
        this.settings = settings;
        this.clients = clients;
        this.metrics = metrics;
        metrics.show("ros.gateway.addresses", "client addresses with connections", addresses, ConnectionCounts::size);
        metrics.show("ros.gateway.users", "users with sync connections", users, ConnectionCounts::size);
    }

    /** What becomes of a connection. */
    public enum Outcome {
        /** It is one of those that may be. */
        ADMITTED,
        /** It may ask, and is told to come back later. */
        TOLD_TO_WAIT,
        /** There are so many that not even that is worth it. */
        TURNED_AWAY
    }

    /** One key for all addresses that one client can take as it likes. */
    private record Network(long prefix) {
        static Object of(InetAddress address) {
            return address instanceof Inet6Address six
                    ? new Network(ByteBuffer.wrap(six.getAddress()).getLong())
                    : address;
        }
    }

    /** Counts a new connection for its address. Balancers are not counted, but those behind them. */
    Outcome connected(Channel channel) {
        return count(clients.of(channel), channel);
    }

    private Outcome count(@Nullable InetAddress client, Channel channel) {
        if (client == null || clients.isForwarder(client)) {
            return Outcome.ADMITTED;
        }
        int present = addresses.enter(Network.of(client), channel);
        if (present <= settings.connectionsPerAddress()) {
            return Outcome.ADMITTED;
        }
        metrics.reached(Limit.CONNECTIONS_PER_ADDRESS);
        return present <= 2L * settings.connectionsPerAddress() ? Outcome.TOLD_TO_WAIT : Outcome.TURNED_AWAY;
    }

    /** Counts a sync connection for the client that a balancer has named; without one it is counted already. */
    public boolean admitsForwarded(Channel channel, @Nullable String forwardedFor) {
        InetAddress peer = clients.of(channel);
        InetAddress client = clients.of(peer, forwardedFor);
        return client == null || client.equals(peer) || count(client, channel) == Outcome.ADMITTED;
    }

    /**
     * Counts a sync connection for its user.
     *
     * @param user anything that is equal for the same user only
     */
    public boolean admitsUser(Channel channel, Object user) {
        boolean admitted = users.enter(user, channel) <= settings.connectionsPerUser();
        if (!admitted) {
            metrics.reached(Limit.CONNECTIONS_PER_USER);
        }
        return admitted;
    }
}
