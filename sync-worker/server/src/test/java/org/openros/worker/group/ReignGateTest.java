// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.openros.domain.Epoch;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The gate between the disk of a master and what is committed. */
final class ReignGateTest {
    private static final Epoch EPOCH = new Epoch(3);

    private final List<Position> reported = new CopyOnWriteArrayList<>();
    private final List<StorageException> failures = new CopyOnWriteArrayList<>();
    private final ReignGate gate = new ReignGate(EPOCH, new Hearing());

    private final class Hearing implements ReignGate.Hearing {
        @Override
        public void written() {}

        @Override
        public void flushed(Position through) {
            reported.add(through);
        }

        @Override
        public void failed(StorageException failure) {
            failures.add(failure);
        }
    }

    private static Position at(long seq) {
        return new Position(EPOCH, seq, ChainHash.START);
    }

    /** A thread that waits at the gate. */
    private CompletableFuture<Void> applierAt(long seq, CompletableFuture<Thread> thread) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        thread.complete(Thread.ofPlatform().daemon().start(() -> {
            try {
                gate.awaitCommitted(at(seq));
                passed.complete(null);
            } catch (StorageException e) {
                passed.completeExceptionally(e);
            }
        }));
        Thread applier = thread.join();
        Awaitility.await().until(() -> passed.isDone() || applier.getState() == Thread.State.WAITING);
        return passed;
    }

    @Test
    void flushesAreReportedOnceTheMachineKnowsWhatWasInherited() {
        gate.durable(at(5));
        gate.durable(at(6));
        assertThat(reported).isEmpty();
        gate.open();
        assertThat(reported).containsExactly(at(6));
        gate.durable(at(7));
        assertThat(reported).containsExactly(at(6), at(7));
    }

    @Test
    void applierPassesWhenTheCommitPointReachesIt() throws Exception {
        CompletableFuture<Void> passed = applierAt(5, new CompletableFuture<>());
        gate.commit(4);
        assertThat(gate.isCommitted(at(5))).isFalse();
        assertThat(passed).isNotDone();
        gate.commit(5);
        passed.get(10, TimeUnit.SECONDS);
        assertThat(gate.isCommitted(at(5))).isTrue();
    }

    @Test
    void endOfTheReignTurnsTheApplierAway() {
        CompletableFuture<Void> passed = applierAt(5, new CompletableFuture<>());
        gate.end();
        assertThatThrownBy(() -> passed.get(10, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        StorageException.class,
                        e -> assertThat(e.reason()).isEqualTo(StorageException.Reason.NOT_MASTER));
    }

    @Test
    void failuresAreReportedUntilTheReignIsOver() {
        StorageException full = new StorageException(StorageException.Reason.DISK_FULL, "no room", null);
        gate.failed(full);
        gate.end();
        gate.failed(full);
        assertThat(failures).containsExactly(full);
    }

    @Test
    void interruptedApplierIsTurnedAway() {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        CompletableFuture<Void> passed = applierAt(5, thread);
        thread.join().interrupt();
        assertThatThrownBy(() -> passed.get(10, TimeUnit.SECONDS)).cause().isInstanceOf(StorageException.class);
    }

    @Test
    void whatWasCommittedBeforeTheEndStillPasses() {
        gate.commit(5);
        gate.end();
        gate.awaitCommitted(at(5));
        assertThat(gate.isCommitted(at(5))).isTrue();
    }
}
