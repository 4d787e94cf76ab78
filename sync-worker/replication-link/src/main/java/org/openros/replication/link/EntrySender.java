// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.openros.replication.link.wire.MasterFrame;
import org.openros.storage.LogTail;
import org.openros.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the entries of a log to one follower, as they are written.
 *
 * <p>It has no thread. Whoever has news (an entry was written, the follower has acknowledged, the connection takes
 * more) counts a signal; the one that counted the first does the work, and repeats it until no signal came meanwhile. A
 * follower that has everything is served by the thread that writes, so that an entry leaves without a change of
 * threads. A follower that lags behind is served by an executor: reading old entries may have to wait for the disk, and
 * neither the writer nor other followers wait for that. What is written for a follower that no commit waits for gathers
 * for a few milliseconds: many entries in one frame cost both ends, and the follower's disk, little more than one.
 *
 * <p>Two bounds hold: the connection says whether it takes more, which keeps little queued in front of a heartbeat, and
 * what the follower has not acknowledged is limited, which keeps its memory small when its disk is slow.
 */
final class EntrySender {
    /** What a follower has not acknowledged may be so many bytes, and one more frame. */
    static final long MAX_BACKLOG_BYTES = 8 << 20;

    /** How long entries gather for a follower that no commit waits for, in milliseconds. */
    private static final int GATHER_MILLIS = 5;

    /** Payloads that are read at a time, in bytes. */
    private static final long READ_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EntrySender.class);

    /** The connection to the follower, as the sender needs it. */
    interface Outlet {
        boolean isReady();

        void send(MasterFrame frame);

        void hangUp();
    }

    private final LogTail tail;
    private final LongSupplier commitSeq;
    private final Outlet outlet;
    private final Executor catchUp;
    private final Executor soon;
    private final BooleanSupplier awaited;
    private final AtomicBoolean gathering = new AtomicBoolean();
    private final EntryPacker packer;
    private final Backlog backlog = new Backlog();
    private final AtomicInteger signals = new AtomicInteger();
    private long after;
    private volatile boolean current;
    private volatile boolean full;
    private volatile boolean stopped;

    EntrySender(EntryStream stream, Outlet outlet, Executor catchUp) {
        tail = stream.tail();
        commitSeq = stream.commitSeq();
        awaited = stream.awaited();
        after = stream.afterSeq();
        packer = new EntryPacker(stream.epoch());
        this.outlet = outlet;
        this.catchUp = catchUp;
        soon = CompletableFuture.delayedExecutor(GATHER_MILLIS, TimeUnit.MILLISECONDS, catchUp);
    }

    /** Begins, on the executor. */
    void start() {
        signal();
    }

    /** Sends nothing more, but for a frame that is being sent just now. */
    void stop() {
        stopped = true;
    }

    /** An entry was written. */
    void written() {
        if (awaited.getAsBoolean()) {
            signal();
        } else if (gathering.compareAndSet(false, true)) {
            soon.execute(this::gathered);
        }
    }

    private void gathered() {
        gathering.set(false);
        signal();
    }

    /** The connection takes more. */
    void ready() {
        if (!current) {
            signal();
        }
    }

    /** The follower has everything up to an entry on its disk. */
    void acknowledged(long seq) {
        backlog.release(seq);
        if (full) {
            signal();
        }
    }

    private void signal() {
        if (signals.getAndIncrement() == 0) {
            if (current) {
                work();
            } else {
                catchUp.execute(this::work);
            }
        }
    }

    private void work() {
        int seen;
        do {
            seen = signals.get();
            try {
                sendWhatMayBeSent();
            } catch (StorageException e) {
                fail(e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("the sender of entries failed", e);
                fail(e.toString());
            }
        } while (!signals.compareAndSet(seen, 0));
    }

    private void fail(String why) {
        stop();
        LOG.warn("a follower has to dial again, entries behind {} cannot be read for it: {}", after, why);
        outlet.hangUp();
    }

    private void sendWhatMayBeSent() {
        current = false;
        while (!stopped && outlet.isReady() && hasRoom()) {
            if (packer.isEmpty() && !read()) {
                current = true;
                return;
            }
            MasterFrame frame = packer.frame(commitSeq.getAsLong());
            backlog.add(packer.lastSeq(), frame.getSerializedSize());
            outlet.send(frame);
        }
    }

    private boolean read() {
        var entries = tail.read(after, READ_BYTES);
        if (entries.isEmpty()) {
            return false;
        }
        packer.take(entries);
        after = entries.getLast().position().seq();
        return true;
    }

    /** The rest of an entry is always sent: only a whole one can be acknowledged. */
    private boolean hasRoom() {
        if (packer.isInside() || backlog.bytes() < MAX_BACKLOG_BYTES) {
            return true;
        }
        full = true;
        boolean released = backlog.bytes() < MAX_BACKLOG_BYTES;
        full = !released;
        return released;
    }
}
