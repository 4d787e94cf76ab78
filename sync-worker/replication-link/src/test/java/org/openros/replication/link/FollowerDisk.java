// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.openros.domain.log.LogEntry;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;

/** The disk of a follower: takes all entries that wait as one write, and acknowledges the last of them. */
final class FollowerDisk implements AutoCloseable {
    final AtomicLong received = new AtomicLong();
    final AtomicInteger acks = new AtomicInteger();
    final AtomicLong heartbeats = new AtomicLong();
    final Lock busy = new ReentrantLock();
    private final TestNode node;
    private final BlockingQueue<Batch> waiting = new LinkedBlockingQueue<>();
    private final List<LogEntry> log = new ArrayList<>();
    private final AtomicLong gap = new AtomicLong();
    private final Thread thread;
    private volatile long lastBeat = System.nanoTime();

    private record Batch(ConnectionId connection, Frame.Entries entries) {}

    /** Begins to take the entries that a node hears of. */
    FollowerDisk(TestNode node) {
        this.node = node;
        node.frames = this::frame;
        thread = Thread.ofPlatform().daemon().start(this::work);
    }

    private void frame(ConnectionId connection, Frame frame) {
        switch (frame) {
            case Frame.Entries entries -> {
                entries.entries().forEach(entry -> received.addAndGet(entry.payload().length));
                waiting.add(new Batch(connection, entries));
            }
            case Frame.Heartbeat heartbeat -> beat(heartbeat);
            default -> node.heard.add(new TestNode.Came(connection, frame));
        }
    }

    /** Called by one thread at a time. */
    private void beat(Frame.Heartbeat heartbeat) {
        long now = System.nanoTime();
        gap.accumulateAndGet(now - lastBeat, Math::max);
        lastBeat = now;
        heartbeats.set(heartbeat.nonce());
    }

    /** The longest time without a heartbeat. */
    Duration longestGap() {
        return Duration.ofNanos(gap.get());
    }

    private void work() {
        try {
            while (true) {
                List<Batch> batches = new ArrayList<>();
                batches.add(waiting.take());
                busy.lock();
                try {
                    waiting.drainTo(batches);
                    write(batches);
                } finally {
                    busy.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<Batch> batches) {
        Batch newest = batches.getLast();
        synchronized (log) {
            batches.forEach(batch -> log.addAll(batch.entries().entries()));
        }
        acks.incrementAndGet();
        long seq = newest.entries().entries().getLast().position().seq();
        node.link.send(
                newest.connection(),
                new Frame.Ack(newest.entries().epoch(), seq, node.store, newest.connection(), 0));
    }

    List<LogEntry> log() {
        synchronized (log) {
            return List.copyOf(log);
        }
    }

    long last() {
        synchronized (log) {
            return log.isEmpty() ? 0 : log.getLast().position().seq();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
