// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.edge;

import io.netty.channel.Channel;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the connections that have something in common, until they are closed. Thread-safe. */
final class ConnectionCounts {
    private final ConcurrentHashMap<Object, Integer> counts = new ConcurrentHashMap<>();

    /** Counts the channel until it closes, and tells how many there are with it. */
    int enter(Object key, Channel channel) {
        int present = counts.merge(key, 1, Integer::sum);
        channel.closeFuture().addListener(closed -> leave(key));
        return present;
    }

    private void leave(Object key) {
        counts.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
    }

    /** How many different keys have connections now. */
    int size() {
        return counts.size();
    }
}
