// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openros.domain.RealmPath;
import org.openros.domain.log.Position;
import org.openros.storage.CommitGate;
import org.openros.storage.Outcomes;
import org.openros.storage.RealmHead;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.WriteSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.openros.storage.Realms.NOTES;
import static org.openros.storage.Realms.realm;
import static org.openros.storage.Realms.version;

final class CommitPipelineTest {
    private static final CommitLimits LIMITS = new CommitLimits(100, 1 << 20, 10, 1 << 20);

    private final ScriptedLog log = new ScriptedLog();
    private final ScriptedState state = new ScriptedState();
    private final Semaphore gate = new Semaphore(0);
    private final Outcomes outcomes = new Outcomes();
    private @Nullable CommitPipeline pipeline;

    private CommitPipeline start(CommitGate commitGate) {
        pipeline = new CommitPipeline(log, state, commitGate, LIMITS, new CommitStatistics());
        return pipeline;
    }

    @AfterEach
    void close() {
        gate.release(1000);
        if (pipeline != null) {
            pipeline.close();
        }
    }

    @Test
    void nothingIsAppliedOrReportedBeforeTheGateOpens() {
        CommitPipeline commits = start(new ScriptedGate(gate::acquireUninterruptibly));

        commits.commit(version(NOTES, 1), outcomes.listener("a"));

        await().until(() -> log.batches.size() == 1);
        assertThat(state.applied).isEmpty();
        assertThat(outcomes.heard()).isEmpty();
        gate.release();
        await().untilAsserted(() -> assertThat(outcomes.heard()).containsExactly("a done"));
    }

    @Test
    void batchThatIsCommittedAtOnceIsAppliedByTheThreadThatLoggedIt() {
        CommitPipeline commits = start(CommitGate.LONE);
        List<String> threads = new CopyOnWriteArrayList<>();

        commits.commit(version(NOTES, 1), failure -> threads.add(Thread.currentThread().getName()));

        await().untilAsserted(() -> assertThat(threads).containsExactly("storage-committer"));
    }

    @Test
    void abandonedCommitsFailWithoutBeingLoggedAndCommittedOnesAreReported() {
        ReignGate reignGate = new ReignGate(new ScriptedGate(gate::acquire));
        CommitPipeline commits = start(reignGate);
        commits.commit(version(NOTES, 1), outcomes.listener("a"));
        await().until(gate::hasQueuedThreads);
        log.pause.drainPermits();
        commits.commit(version(realm(1), 1), outcomes.listener("b"));
        await().until(log.pause::hasQueuedThreads);
        commits.commit(version(realm(2), 1), outcomes.listener("c"));

        reignGate.end();
        Thread.ofPlatform().start(() -> {
            await().until(() -> outcomes.heard().size() == 1);
            log.pause.release(1000);
        });
        commits.abandon(ReignGate.notMaster());

        assertThat(outcomes.heard()).containsExactly("a NOT_MASTER", "b NOT_MASTER", "c NOT_MASTER");
        assertThat(log.batches).containsExactly(1, 1);
        assertThat(state.applied).isEmpty();
    }

    @Test
    void nextBatchIsLoggedWhileTheOneBeforeWaitsAtTheGate() {
        CommitPipeline commits = start(new ScriptedGate(gate::acquireUninterruptibly));

        commits.commit(version(NOTES, 1), outcomes.listener("a"));
        await().until(() -> log.batches.size() == 1);
        commits.commit(version(NOTES, 2), outcomes.listener("b"));

        await().until(() -> log.batches.size() == 2);
        assertThat(outcomes.heard()).isEmpty();
    }

    @Test
    void commitsThatWaitShareOneBatchUpToTheLimit() {
        CommitPipeline commits = start(CommitGate.LONE);
        log.pause.drainPermits();
        commits.commit(version(NOTES, 1), outcomes.listener("#"));
        await().until(log.pause::hasQueuedThreads);
        for (int i = 2; i <= 13; i++) {
            commits.commit(version(NOTES, i), outcomes.listener("#"));
        }
        log.pause.release(1000);

        await().until(() -> outcomes.heard().size() == 13);
        assertThat(log.batches).containsExactly(1, 10, 2);
    }

    @Test
    void refusedGateEndsTheStorageBecauseTheLogIsAheadOfTheState() {
        StorageException refused = new StorageException(Reason.IO, "no longer the master", null);
        CommitPipeline commits = start(new ScriptedGate(() -> {
            throw refused;
        }));

        commits.commit(version(NOTES, 1), outcomes.listener("a"));

        await().untilAsserted(() -> assertThat(outcomes.heard()).containsExactly("a IO"));
        assertThat(state.applied).isEmpty();
        assertThatThrownBy(() -> commits.commit(version(realm(1), 1), outcomes.listener("b")))
                .hasMessage("no longer the master");
    }

    @Test
    void batchBehindOneThatCouldNotBeAppliedIsNotAppliedEither() {
        CommitPipeline commits = start(new ScriptedGate(gate::acquireUninterruptibly));
        state.fails = true;
        commits.commit(version(NOTES, 1), outcomes.listener("a"));
        await().until(() -> log.batches.size() == 1);
        commits.commit(version(realm(1), 1), outcomes.listener("b"));
        await().until(() -> log.batches.size() == 2);

        gate.release(2);

        await().untilAsserted(() -> assertThat(outcomes.heard()).containsExactly("a IO", "b IO"));
        assertThat(state.applied).isEmpty();
    }

    @Test
    void bugInTheLogFailsTheCommitInsteadOfHangingIt() {
        CommitPipeline commits = start(CommitGate.LONE);
        log.failure = new IllegalStateException("a bug");

        commits.commit(version(NOTES, 1), outcomes.listener("a"));

        await().untilAsserted(() -> assertThat(outcomes.heard()).containsExactly("a IO"));
    }

    @Test
    void listenerCannotCloseTheStorage() {
        CommitPipeline commits = start(CommitGate.LONE);
        List<String> thrown = new CopyOnWriteArrayList<>();

        commits.commit(version(NOTES, 1), failure -> {
            try {
                commits.close();
            } catch (IllegalStateException e) {
                thrown.add("refused");
            }
        });

        await().untilAsserted(() -> assertThat(thrown).containsExactly("refused"));
    }

    private static final class ScriptedLog implements CommitLog {
        final List<Integer> batches = new CopyOnWriteArrayList<>();
        final Semaphore pause = new Semaphore(1000);
        volatile @Nullable RuntimeException failure;

        @Override
        public Position append(List<byte[]> payloads) {
            RuntimeException thrown = failure;
            if (thrown != null) {
                throw thrown;
            }
            pause.acquireUninterruptibly();
            batches.add(payloads.size());
            return Position.START;
        }
    }

    /** Does not know what is committed before it was asked to wait for it. */
    private record ScriptedGate(Waiting waiting) implements CommitGate {
        @FunctionalInterface
        interface Waiting {
            void await() throws InterruptedException;
        }

        @Override
        public void written(Position through) {}

        @Override
        public void durable(Position through) {}

        @Override
        public boolean isCommitted(Position through) {
            return false;
        }

        @Override
        public void awaitCommitted(Position through) {
            try {
                waiting.await();
            } catch (InterruptedException e) {
                throw ReignGate.notMaster();
            }
        }
    }

    private static final class ScriptedState implements AppliedState {
        final List<WriteSet> applied = new CopyOnWriteArrayList<>();
        volatile boolean fails;

        @Override
        public RealmHead head(RealmPath realm) {
            return applied.stream()
                    .filter(writeSet -> writeSet.realm().equals(realm))
                    .reduce(RealmHead.EMPTY, RealmHead::after, (a, b) -> b);
        }

        @Override
        public void apply(List<WriteSet> writeSets, Position through) {
            if (fails) {
                throw new StorageException(Reason.IO, "the state is broken", null);
            }
            applied.addAll(writeSets);
        }
    }
}
