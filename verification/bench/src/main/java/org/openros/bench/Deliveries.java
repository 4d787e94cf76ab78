// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Follows writes to all readers. A write is known by its origin timestamp, which no server may change; each write gets
 * the next millisecond. Thread-safe.
 */
final class Deliveries {
    private final Map<Long, Delivery> underWay = new ConcurrentHashMap<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final int readers;
    private long timestamp;
    private volatile boolean draining;
    private volatile LongConsumer whenComplete = began -> {};

    private record Delivery(long began, AtomicInteger missing) {}

    /** Starts behind an origin timestamp. */
    Deliveries(int readers, long timestamp) {
        this.readers = readers;
        this.timestamp = timestamp;
    }

    /** Hears, on an event loop, when the last reader has a write that began at a moment. */
    void onComplete(LongConsumer listener) {
        whenComplete = listener;
    }

    /** Expects a new write and gives it its origin timestamp; called by the one writer. */
    long begin(long began) {
        timestamp++;
        underWay.put(timestamp, new Delivery(began, new AtomicInteger(readers)));
        return timestamp;
    }

    /** A reader has received something. */
    void received(long originTimestamp) {
        Delivery delivery = underWay.get(originTimestamp);
        if (delivery != null && delivery.missing.decrementAndGet() == 0) {
            underWay.remove(originTimestamp);
            whenComplete.accept(delivery.began);
            completeDrain();
        }
    }

    /** Complete when no write is under way; to be asked for when no more are begun. */
    CompletableFuture<Void> drain() {
        draining = true;
        completeDrain();
        return drained;
    }

    void failed(Throwable cause) {
        drained.completeExceptionally(cause);
    }

    private void completeDrain() {
        if (draining && underWay.isEmpty()) {
            drained.complete(null);
        }
    }
}
