// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openros.chaos.client.AckListener;

/** How long stock clients waited for acknowledgements. Thread-safe. */
final class Waits implements AckListener {
    private final int clients;
    private final Map<String, List<Ack>> acks = new ConcurrentHashMap<>();

    private record Ack(long written, long acknowledged) {}

    /**
     * Nothing is heard yet.
     *
     * @param clients how many there are
     */
    Waits(int clients) {
        this.clients = clients;
    }

    @Override
    public void acknowledged(String client, long written, long acknowledged) {
        List<Ack> all = acks.computeIfAbsent(client, name -> new ArrayList<>());
        synchronized (all) {
            all.add(new Ack(written, acknowledged));
        }
    }

    /** Waits until each client got an acknowledgement of a change that it made after a moment, and forgets nothing. */
    boolean await(long moment, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (firstNew(moment) < 0) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    /**
     * Milliseconds from a moment to the first acknowledgement of a change that was made after it, of the client that
     * waited longest; -1 if a client has none yet.
     */
    long firstNew(long moment) {
        long longest = acks.size() < clients ? -1 : 0;
        for (List<Ack> all : acks.values()) {
            long first = first(all, moment);
            longest = first < 0 || longest < 0 ? -1 : Math.max(longest, first);
        }
        return longest < 0 ? -1 : TimeUnit.NANOSECONDS.toMillis(longest);
    }

    private static long first(List<Ack> all, long moment) {
        synchronized (all) {
            for (int i = all.size() - 1, found = -1; i >= -1; i--) {
                if (i < 0 || all.get(i).written < moment) {
                    return found < 0 ? -1 : all.get(found).acknowledged - moment;
                }
                found = i;
            }
            return -1;
        }
    }

    /** Milliseconds of the longest time between two acknowledgements of one client that ended after a moment. */
    long longestGap(long moment) {
        long longest = 0;
        for (List<Ack> all : acks.values()) {
            synchronized (all) {
                for (int i = all.size() - 1; i > 0 && all.get(i).acknowledged > moment; i--) {
                    longest = Math.max(longest, all.get(i).acknowledged - all.get(i - 1).acknowledged);
                }
            }
        }
        return TimeUnit.NANOSECONDS.toMillis(longest);
    }
}
