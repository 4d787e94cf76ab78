// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.storage.CommitListener;
import org.openros.storage.StorageException;
import org.openros.storage.WriteSet;

/** The commits that wait for the committer, and the count of all that are not reported yet. Thread-safe. */
final class CommitQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final CommitLimits limits;
    private final Deque<Submission> waiting = new ArrayDeque<>();
    private final Map<RealmPath, Lane> lanes = new HashMap<>();
    private int pendingCount;
    private long pendingBytes;
    private boolean committerWaits;
    private @Nullable StorageException end;

    CommitQueue(CommitLimits limits) {
        this.limits = limits;
    }

    /**
     * Adds a commit.
     *
     * @param wait whether to wait for room, else it is added in any case
     * @throws StorageException if the queue has ended
     */
    void add(WriteSet writeSet, byte[] payload, CommitListener listener, boolean wait) {
        lock.lock();
        try {
            while (wait && end == null && isFull(payload.length)) {
                room.awaitUninterruptibly();
            }
            throwIfEnded();
            Lane lane = lanes.computeIfAbsent(writeSet.realm(), realm -> new Lane());
            lane.pending++;
            pendingCount++;
            pendingBytes += payload.length;
            waiting.add(new Submission(writeSet, payload, listener, lane));
            if (committerWaits) {
                work.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(long bytes) {
        return pendingCount >= limits.pendingCount()
                || (pendingCount > 0 && pendingBytes + bytes > limits.pendingBytes());
    }

    private void throwIfEnded() {
        StorageException reason = end;
        if (reason != null) {
            throw new StorageException(reason.reason(), reason.getMessage(), reason);
        }
    }

    /** Waits for commits and takes as many as share one disk write; an empty list ends the committer. */
    List<Submission> take() {
        lock.lock();
        try {
            committerWaits = true;
            while (waiting.isEmpty() && end == null) {
                work.awaitUninterruptibly();
            }
            committerWaits = false;
            return drain();
        } finally {
            lock.unlock();
        }
    }

    private List<Submission> drain() {
        List<Submission> batch = new ArrayList<>(Math.min(waiting.size(), limits.batchCount()));
        long bytes = 0;
        while (!waiting.isEmpty() && batch.size() < limits.batchCount()) {
            bytes += waiting.element().payload.length;
            if (bytes > limits.batchBytes() && !batch.isEmpty()) {
                break;
            }
            batch.add(waiting.remove());
        }
        return batch;
    }

    /** A commit was reported. */
    void reported(Submission submission) {
        lock.lock();
        try {
            if (--submission.lane.pending == 0) {
                lanes.remove(submission.writeSet.realm());
            }
            pendingCount--;
            pendingBytes -= submission.payload.length;
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody waits for the committer. */
    boolean isIdle() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Refuses further commits; those that wait are still taken. The first reason stays. */
    void end(StorageException reason) {
        lock.lock();
        try {
            end = end == null ? reason : end;
            work.signal();
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
