// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.Position;
import org.openros.storage.CommitGate;
import org.openros.storage.StorageException;
import org.openros.storage.WriteSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes logged batches through the gate into the applied state, and reports them. Used by one thread at a time. */
final class Applier {
    private static final Logger log = LoggerFactory.getLogger(Applier.class);

    private final CommitGate gate;
    private final AppliedState state;
    private final CommitQueue queue;
    private final CommitStatistics statistics;
    private @Nullable StorageException stopped;

    Applier(CommitGate gate, AppliedState state, CommitQueue queue, CommitStatistics statistics) {
        this.gate = gate;
        this.state = state;
        this.queue = queue;
        this.statistics = statistics;
    }

    /**
     * Applies what has not failed, and reports all in order.
     *
     * @param through position of the last logged one; null if none was logged
     */
    void apply(List<Submission> batch, @Nullable Position through) {
        if (through != null) {
            commit(batch, through);
        }
        batch.forEach(this::report);
    }

    private void commit(List<Submission> batch, Position through) {
        if (stopped == null) {
            try {
                gate.awaitCommitted(through);
                state.apply(writeSets(batch), through);
            } catch (StorageException e) {
                stop(e);
            } catch (RuntimeException | Error e) {
                stop(new StorageException(StorageException.Reason.IO, "a commit could not be applied", e));
            }
        }
        if (stopped != null) {
            fail(batch, stopped);
        }
    }

    /** The log has what the state has not, so nothing can be committed behind it. */
    private void stop(StorageException reason) {
        if (reason.reason() == StorageException.Reason.NOT_MASTER) {
            log.info("Commits end: {}", reason.getMessage());
        } else {
            log.error("Commits stop until the storage is opened anew: {}", reason.getMessage(), reason);
            gate.failed(reason);
        }
        queue.end(reason);
        stopped = reason;
    }

    private static void fail(List<Submission> batch, StorageException reason) {
        for (Submission submission : batch) {
            submission.failure = submission.failure == null ? reason : submission.failure;
            submission.lane.failure = reason;
        }
    }

    private static List<WriteSet> writeSets(List<Submission> batch) {
        return batch.stream()
                .filter(submission -> submission.failure == null)
                .map(submission -> submission.writeSet)
                .toList();
    }

    private void report(Submission submission) {
        try {
            submission.listener.completed(submission.failure);
        } catch (RuntimeException | Error e) {
            log.error("The listener of a commit to {} failed", submission.writeSet.realm(), e);
        }
        statistics.reported(submission.failure);
        queue.reported(submission);
    }
}
