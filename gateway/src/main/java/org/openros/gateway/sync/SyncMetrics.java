// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of the sync connections. Thread-safe. */
final class SyncMetrics {
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger sessions = new AtomicInteger();
    private final MeterRegistry registry;
    private final Counter messagesReceived;
    private final Counter messagesSent;
    private final Counter bytesReceived;
    private final Counter bytesSent;

    SyncMetrics(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("ros.sync.connections", connections, AtomicInteger::get)
                .description("open sync connections")
                .register(registry);
        Gauge.builder("ros.sync.sessions", sessions, AtomicInteger::get)
                .description("sessions on the open sync connections")
                .register(registry);
        messagesReceived = counter("ros.sync.messages", "in");
        messagesSent = counter("ros.sync.messages", "out");
        bytesReceived = counter("ros.sync.bytes", "in");
        bytesSent = counter("ros.sync.bytes", "out");
    }

    /** Reports how many sessions wait for a master. */
    void watch(HeldSessions held) {
        Gauge.builder("ros.sync.held", held, HeldSessions::count)
                .description("sessions that wait for a master")
                .register(registry);
    }

    private Counter counter(String name, String direction) {
        return Counter.builder(name).tag("direction", direction).register(registry);
    }

    /** How an upgrade request ended: {@code accepted}, or the reason of the refusal in one word. */
    void upgraded(String outcome) {
        Counter.builder("ros.sync.upgrades")
                .description("requests to open a sync connection")
                .tag("outcome", outcome)
                .register(registry)
                .increment();
    }

    /** A session or a connection was ended with an error. */
    void failed(String error) {
        Counter.builder("ros.sync.errors")
                .description("errors that the gateway sent to clients")
                .tag("error", error)
                .register(registry)
                .increment();
    }

    void connectionOpened() {
        connections.incrementAndGet();
    }

    void connectionClosed() {
        connections.decrementAndGet();
    }

    void sessionOpened() {
        sessions.incrementAndGet();
    }

    void sessionClosed() {
        sessions.decrementAndGet();
    }

    void received(int bytes) {
        messagesReceived.increment();
        bytesReceived.increment(bytes);
    }

    void sent(int bytes) {
        messagesSent.increment();
        bytesSent.increment(bytes);
    }
}
