// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the sessions of this gateway that wait for a master, so that there are not too many. Thread-safe. */
final class HeldSessions {
    private final int limit;
    private final AtomicInteger count = new AtomicInteger();

    HeldSessions(int limit) {
        this.limit = limit;
    }

    /** One more waits; false if there is no room. */
    boolean enter() {
        if (count.incrementAndGet() <= limit) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    /** One of those that entered waits no more. */
    void leave() {
        count.decrementAndGet();
    }

    int count() {
        return count.get();
    }
}
