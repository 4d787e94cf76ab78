// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Which ways packets take, and how long. Ends are names: of nodes, gateways, and {@link #LOCK}. */
final class Network {
    /** The end that is the lock service. */
    static final String LOCK = "lock";

    /** What becomes of a packet. */
    enum Way {
        /** It arrives. */
        OPEN,
        /** It vanishes; TCP sends it again for as long as the connection lives. */
        DROPPED,
        /** It is answered with a reset, as by a firewall. */
        REJECTED
    }

    private record Route(String from, String to) {}

    private final Map<Route, Way> cuts = new HashMap<>();
    private final Set<String> down = new HashSet<>();
    private final SplittableRandom random;
    /** Longest delay of the one packet in fifty that is late. */
    private static final long LATE = 5 * Agenda.MILLISECOND;

    /** At least so long after the one before a packet of a connection arrives. */
    private long gap;

    Network(SplittableRandom random) {
        this.random = random;
    }

    void cut(String from, String to, Way way) {
        cuts.put(new Route(from, to), way);
    }

    void mend(String from, String to) {
        cuts.remove(new Route(from, to));
    }

    boolean isWhole() {
        return cuts.isEmpty() && down.isEmpty() && gap == 0;
    }

    /** A host without power, or with it again. */
    void power(String host, boolean on) {
        if (on) {
            down.remove(host);
        } else {
            down.add(host);
        }
    }

    Way way(String from, String to) {
        return down.contains(to) ? Way.DROPPED : cuts.getOrDefault(new Route(from, to), Way.OPEN);
    }

    /** The way there and back, as a dial needs both. */
    Way bothWays(String from, String to) {
        Way there = way(from, to);
        return there == Way.OPEN ? way(to, from) : there;
    }

    /** Every way is narrow: packets of a connection arrive with at least that gap between them. */
    void slow(long nanos) {
        gap = nanos;
    }

    void fast() {
        gap = 0;
    }

    long gap() {
        return gap;
    }

    long delay() {
        return random.nextInt(50) == 0 ? random.nextLong(LATE + 10 * gap) : 50_000 + random.nextLong(300_000);
    }
}
