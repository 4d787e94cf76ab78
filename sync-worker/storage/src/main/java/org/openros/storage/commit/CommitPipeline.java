// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.Position;
import org.openros.storage.CommitGate;
import org.openros.storage.CommitListener;
import org.openros.storage.RealmHead;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.WriteSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits write sets of all realms, many with one disk write.
 *
 * <p>The <em>committer</em> thread takes all commits that wait, checks that each continues its realm, and appends
 * them to the log as one batch. The <em>applier</em> thread takes the batch through the gate into the applied state
 * and calls the listeners, while the committer writes the next batch. When the batch is committed already and there is
 * nothing to overlap, the committer applies it itself, which spares a lone writer the change of threads. When others
 * have to confirm a large batch, the committer lets the next one gather for a moment.
 *
 * <p>A commit whose failure is known early still goes through the applier, so that listeners hear in commit order.
 */
public final class CommitPipeline implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CommitPipeline.class);

    /** From so many submissions in a batch on, the next one is given time to gather. */
    private static final int MANY = 8;

    /**
     * How long a batch gathers, in nanoseconds: less than it takes other nodes to confirm the one before. Each batch
     * costs a flush and switches of threads on all of them.
     */
    private static final long GATHER_NANOS = 150_000;

    private final CommitLog commitLog;
    private final AppliedState state;
    private final CommitQueue queue;
    private final Applier applier;
    private final Handover handover = new Handover();
    private final CommitGate gate;
    private final CommitStatistics statistics;
    private final Thread committerThread;
    private final Thread applierThread;
    private volatile @Nullable StorageException abandoned;

    /** Starts both threads; the log and the state are used by them alone from now on, and stay open at the end. */
    public CommitPipeline(
            CommitLog commitLog,
            AppliedState state,
            CommitGate gate,
            CommitLimits limits,
            CommitStatistics statistics) {
        this.commitLog = commitLog;
        this.state = state;
        this.gate = gate;
        this.statistics = statistics;
        this.queue = new CommitQueue(limits);
        this.applier = new Applier(gate, state, queue, statistics);
        this.committerThread = Thread.ofPlatform().daemon().name("storage-committer").unstarted(this::commitBatches);
        this.applierThread = Thread.ofPlatform().daemon().name("storage-applier").unstarted(this::applyBatches);
        committerThread.start();
        applierThread.start();
    }

    /** As {@link org.openros.storage.Storage#commit}. */
    public void commit(WriteSet writeSet, CommitListener listener) {
        queue.add(writeSet, WriteSetCodec.encode(writeSet), listener, !isOwnThread());
    }

    private boolean isOwnThread() {
        Thread current = Thread.currentThread();
        return current == committerThread || current == applierThread;
    }

    private void commitBatches() {
        for (List<Submission> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
            Position through = logged(batch);
            if (queue.isIdle() && handover.isIdle() && (through == null || gate.isCommitted(through))) {
                applier.apply(batch, through);
            } else {
                handover.give(new Handover.Batch(batch, through));
                gather(batch.size(), through);
            }
        }
        handover.end();
    }

    /** While another node has not confirmed the batch, those who submit next can share one. */
    private void gather(int submissions, @Nullable Position through) {
        if (submissions >= MANY && through != null && !gate.isCommitted(through)) {
            LockSupport.parkNanos(GATHER_NANOS);
        }
    }

    private void applyBatches() {
        for (Handover.Batch batch = handover.take(); batch != null; batch = handover.take()) {
            applier.apply(batch.submissions(), batch.through());
            handover.applied();
        }
    }

    /** Writes what can be written of a batch; the rest of it bears a failure afterwards. */
    private @Nullable Position logged(List<Submission> batch) {
        StorageException end = abandoned;
        if (end != null) {
            refuse(batch, end);
            return null;
        }
        List<byte[]> payloads = admit(batch);
        if (payloads.isEmpty()) {
            return null;
        }
        try {
            return append(payloads);
        } catch (StorageException e) {
            refuse(batch, e);
        } catch (RuntimeException | Error e) {
            refuse(batch, new StorageException(Reason.IO, "the log stopped after an internal error", e));
        }
        return null;
    }

    private Position append(List<byte[]> payloads) {
        long start = System.nanoTime();
        Position through = commitLog.append(payloads);
        long size = payloads.stream().mapToLong(payload -> payload.length).sum();
        statistics.logged(size, System.nanoTime() - start);
        return through;
    }

    private void refuse(List<Submission> batch, StorageException reason) {
        if (reason.reason() != Reason.DISK_FULL && reason.reason() != Reason.NOT_MASTER) {
            log.error("Commits stop until the storage is opened anew: {}", reason.getMessage(), reason);
            queue.end(reason);
        }
        if (reason.reason() != Reason.NOT_MASTER) {
            gate.failed(reason);
        }
        for (Submission submission : batch) {
            if (submission.failure == null) {
                fail(submission, reason);
            }
        }
    }

    private List<byte[]> admit(List<Submission> batch) {
        List<byte[]> payloads = new ArrayList<>(batch.size());
        for (Submission submission : batch) {
            StorageException earlier = submission.lane.failure;
            if (earlier != null) {
                fail(submission, earlier);
            } else if (continuesRealm(submission)) {
                payloads.add(submission.payload);
            }
        }
        return payloads;
    }

    private boolean continuesRealm(Submission submission) {
        Lane lane = submission.lane;
        try {
            RealmHead before = lane.head == null ? state.head(submission.writeSet.realm()) : lane.head;
            lane.head = before.after(submission.writeSet);
            return true;
        } catch (IllegalArgumentException e) {
            String message = submission.writeSet.realm() + ": " + e.getMessage();
            fail(submission, new StorageException(Reason.REJECTED, message, e));
        } catch (StorageException e) {
            fail(submission, e);
        }
        return false;
    }

    private static void fail(Submission submission, StorageException reason) {
        submission.failure = reason;
        submission.lane.failure = reason;
    }

    /**
     * Ends both threads without writing what still waits; that fails. What was written is carried out if the gate lets
     * it pass, and fails otherwise. Idempotent; not to be called by a listener.
     */
    public void abandon(StorageException reason) {
        abandoned = reason;
        end(reason);
    }

    /**
     * Carries out what was submitted, reports it, and ends both threads. Idempotent; not to be called by a
     * listener.
     */
    @Override
    public void close() {
        end(new StorageException(Reason.CLOSED, "the storage has been closed", null));
    }

    private void end(StorageException reason) {
        if (isOwnThread()) {
            throw new IllegalStateException("a listener cannot close the storage that calls it");
        }
        queue.end(reason);
        joinUninterruptibly(committerThread);
        joinUninterruptibly(applierThread);
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
