// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.Position;

/** One place between committer and applier. Both wait for each other here; there is one thread on each side. */
final class Handover {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Batch given;
    private boolean applying;
    private boolean ended;

    /**
     * What was written together.
     *
     * @param through position of the last entry; null if none of them was logged
     */
    record Batch(List<Submission> submissions, @Nullable Position through) {}

    /** Leaves a batch, after waiting until the one before was taken. */
    void give(Batch batch) {
        lock.lock();
        try {
            while (given != null) {
                changed.awaitUninterruptibly();
            }
            given = batch;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a batch; null if there will be none. */
    @Nullable Batch take() {
        lock.lock();
        try {
            while (given == null && !ended) {
                changed.awaitUninterruptibly();
            }
            Batch batch = given;
            given = null;
            applying = batch != null;
            changed.signal();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** The batch that was taken is done. */
    void applied() {
        lock.lock();
        try {
            applying = false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether everything given is done. */
    boolean isIdle() {
        lock.lock();
        try {
            return given == null && !applying;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more will be given. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
