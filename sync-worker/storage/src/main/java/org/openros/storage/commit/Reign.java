// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.Position;
import org.openros.storage.CommitGate;
import org.openros.storage.CommitListener;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.WriteSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a master does with its log: it writes a no-op; once that is committed, applies what it has inherited; then
 * commits write sets until it ends. Thread-safe.
 */
public final class Reign {
    private static final Logger log = LoggerFactory.getLogger(Reign.class);

    private final ReignGate gate;
    private final LongConsumer inheritance;
    private final CompletableFuture<Position> established = new CompletableFuture<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final Conditions conditions;
    private @Nullable CommitPipeline pipeline;
    private @Nullable StorageException ended;

    /**
     * What a reign works with.
     *
     * @param state changed by this reign alone while it lasts
     */
    public record Conditions(AppliedState state, CommitLimits limits, CommitStatistics statistics) {}

    /** Makes the log that writes at the reign's epoch and tells the gate. */
    @FunctionalInterface
    public interface LogOfReign {
        /** A log that calls the gate for each batch. */
        CommitLog with(CommitGate gate);
    }

    private Reign(CommitGate gate, LongConsumer inheritance, Conditions conditions) {
        this.gate = new ReignGate(gate);
        this.inheritance = inheritance;
        this.conditions = conditions;
    }

    /**
     * Writes the no-op, and goes on in the background unless it is committed by then.
     *
     * @param inheritance applies all entries up to a number to the state
     * @throws StorageException if the no-op cannot be written
     */
    public static Reign begin(LogOfReign logOfReign, CommitGate gate, LongConsumer inheritance, Conditions conditions) {
        Reign reign = new Reign(gate, inheritance, conditions);
        CommitLog commitLog = logOfReign.with(reign.gate);
        Position noOp = commitLog.appendNoOp();
        if (gate.isCommitted(noOp)) {
            reign.establish(commitLog, noOp);
        } else {
            Thread.ofPlatform().daemon().name("storage-inheritance").start(() -> reign.establish(commitLog, noOp));
        }
        return reign;
    }

    private void establish(CommitLog commitLog, Position noOp) {
        try {
            gate.awaitCommitted(noOp);
            inheritance.accept(noOp.seq());
            start(commitLog);
            begun.countDown();
            established.complete(noOp);
        } catch (StorageException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(new StorageException(Reason.IO, "what the master inherited could not be applied", e));
        }
    }

    private void fail(StorageException reason) {
        if (reason.reason() != Reason.NOT_MASTER) {
            log.error("The reign does not begin: {}", reason.getMessage(), reason);
            gate.failed(reason);
        }
        begun.countDown();
        established.completeExceptionally(reason);
    }

    private synchronized void start(CommitLog commitLog) {
        if (ended != null) {
            throw ended;
        }
        pipeline = new CommitPipeline(
                commitLog, conditions.state(), gate, conditions.limits(), conditions.statistics());
    }

    /** As {@link org.openros.storage.Leading#established}. */
    public CompletableFuture<Position> established() {
        return established;
    }

    /**
     * As {@link org.openros.storage.Storage#commit}; with {@code NOT_MASTER} before it is established and after its
     * end.
     */
    public void commit(WriteSet writeSet, CommitListener listener) {
        running().commit(writeSet, listener);
    }

    /**
     * Does nothing while the reign lasts.
     *
     * @throws StorageException with {@code NOT_MASTER} before it is established and after its end
     */
    public void throwUnlessEstablished() {
        running();
    }

    private synchronized CommitPipeline running() {
        StorageException reason = ended;
        if (reason != null || pipeline == null) {
            throw reason == null
                    ? ReignGate.notMaster()
                    : new StorageException(reason.reason(), reason.getMessage(), reason);
        }
        return pipeline;
    }

    /** Ends the reign; pending commits fail with {@code NOT_MASTER} unless they are committed by now. Idempotent. */
    public void end() {
        markEnded(ReignGate.notMaster());
        gate.end();
        awaitBegun();
        CommitPipeline last = lastPipeline();
        if (last != null) {
            last.abandon(ReignGate.notMaster());
        }
    }

    /** Carries out what was submitted; commits fail with {@code CLOSED} afterwards. Idempotent. */
    public void finish() {
        CommitPipeline last = lastPipeline();
        if (last != null) {
            last.close();
        }
        markEnded(new StorageException(Reason.CLOSED, "the storage has been closed", null));
    }

    private synchronized void markEnded(StorageException reason) {
        ended = ended == null ? reason : ended;
    }

    private synchronized @Nullable CommitPipeline lastPipeline() {
        return pipeline;
    }

    private void awaitBegun() {
        boolean interrupted = false;
        while (true) {
            try {
                begun.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
