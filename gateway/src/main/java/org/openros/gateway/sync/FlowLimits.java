// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.util.concurrent.TimeUnit;
import org.openros.gateway.edge.Limit;
import org.openros.gateway.edge.LimitMetrics;

/** How much may be under way, and what is. Thread-safe. */
final class FlowLimits {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long uploadNanos;
    private final long outgoing;
    private final BufferedBytes buffered;
    private final LimitMetrics metrics;

    FlowLimits(FlowSettings settings, LimitMetrics metrics) {
        this.uploadNanos = SECOND / settings.uploadsPerSecond();
        this.outgoing = settings.outgoingPerConnection().toBytes();
        this.buffered = new BufferedBytes(settings.buffered().toBytes());
        this.metrics = metrics;
        metrics.show("ros.gateway.buffered", "bytes that wait in the gateway", buffered, BufferedBytes::count);
    }

    BufferedBytes buffered() {
        return buffered;
    }

    /** Whether as many bytes of one connection may wait. */
    boolean allowsOutgoing(long bytes) {
        return bytes <= outgoing;
    }

    /** A limit was reached. */
    void reached(Limit limit) {
        metrics.reached(limit);
    }

    /**
     * Paces uploads: a second's worth may come at once, the rest at the rate of the limit.
     *
     * @param paid until when uploads are accounted for, in terms of {@link System#nanoTime}
     * @return the same after one more upload at {@code now}; in the future if it came too early
     */
    long afterUpload(long paid, long now) {
        long earliest = now - SECOND;
        return (paid - earliest < 0 ? earliest : paid) + uploadNanos;
    }
}
