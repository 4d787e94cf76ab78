// SPDX-License-Identifier: Apache-2.0
package org.openros.core.job;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openros.core.metadata.InMemoryMetadataStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Jobs whose runners live, die and come back. Time passes only when a test says so. */
class JobRunnerTest {
    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final Jobs jobs = new Jobs(store, Clock.systemUTC());
    private final AtomicLong now = new AtomicLong();
    private final Trial work = new Trial();
    private final JobRunner first = runner("first");
    private final JobRunner second = runner("second");

    /** Work that waits for the test, and ends as the target says. */
    private static final class Trial implements JobWork {
        private final CountDownLatch mayEnd = new CountDownLatch(1);
        private final AtomicInteger begun = new AtomicInteger();

        @Override
        public String type() {
            return "trial";
        }

        @Override
        public JsonNode run(String target, JobProgress progress) throws InterruptedException {
            begun.incrementAndGet();
            progress.report(1, 3, "steps");
            mayEnd.await();
            if (target.equals("bad")) {
                throw new JobFailedException("it is bad");
            }
            if (target.equals("broken")) {
                throw new IllegalStateException("a secret of the inside");
            }
            return JsonNodeFactory.instance.objectNode().put("of", target);
        }
    }

    private JobRunner runner(String name) {
        return new JobRunner(jobs, List.of(work), name, now::get);
    }

    @AfterEach
    void stop() {
        work.mayEnd.countDown();
        first.stop();
        second.stop();
    }

    private Job begin(String target) {
        return requireNonNull(jobs.begin("trial", target, "somebody"));
    }

    private Job read(Job job) {
        return requireNonNull(jobs.find(job.id()));
    }

    private void awaitState(Job job, JobState state) {
        await().atMost(Duration.ofSeconds(10)).until(() -> read(job).state() == state);
    }

    private void silence() {
        second.round();
        now.addAndGet(JobRunner.SILENCE_NANOS);
        second.round();
    }

    @Test
    void aJobIsTakenUpOnceAndEveryProcessTellsHowItEnded() {
        Job job = begin("a");
        first.round();
        second.round();
        awaitState(job, JobState.RUNNING);
        await().until(() -> work.begun.get() == 1);
        first.round();
        assertThat(read(job).done() + "/" + read(job).total() + " " + read(job).unit()).isEqualTo("1/3 steps");
        work.mayEnd.countDown();
        awaitState(job, JobState.SUCCEEDED);
        assertThat(read(job).result()).isEqualTo("{\"of\":\"a\"}");
        assertThat(read(job).done()).isEqualTo(3);
        assertThat(work.begun.get()).isEqualTo(1);
    }

    @Test
    void aJobOfADeadProcessGoesOnInAnother() {
        Job job = begin("a");
        first.round();
        await().until(() -> work.begun.get() == 1);
        second.round();
        now.addAndGet(JobRunner.SILENCE_NANOS - 1);
        second.round();
        assertThat(read(job).runner()).isEqualTo("first");
        now.addAndGet(1);
        second.round();
        assertThat(read(job).runner()).isEqualTo("second");
        await().until(() -> work.begun.get() == 2);
        work.mayEnd.countDown();
        awaitState(job, JobState.SUCCEEDED);
    }

    @Test
    void aJobOfALivingProcessStaysWithIt() {
        Job job = begin("a");
        first.round();
        await().until(() -> work.begun.get() == 1);
        for (int i = 0; i < 5; i++) {
            second.round();
            now.addAndGet(JobRunner.SILENCE_NANOS);
            first.round();
        }
        second.round();
        assertThat(read(job).runner()).isEqualTo("first");
        assertThat(work.begun.get()).isEqualTo(1);
    }

    @Test
    void aProcessThatWasTakenForDeadNoticesAndEndsNothing() {
        Job job = begin("bad");
        first.round();
        await().until(() -> work.begun.get() == 1);
        silence();
        await().until(() -> work.begun.get() == 2);
        first.round();
        assertThat(read(job).state()).isEqualTo(JobState.RUNNING);
        assertThat(read(job).runner()).isEqualTo("second");
        work.mayEnd.countDown();
        awaitState(job, JobState.FAILED);
        assertThat(read(job).error()).isEqualTo("it is bad");
    }

    @Test
    void aFailureTellsNothingOfTheInside() {
        Job job = begin("broken");
        first.round();
        work.mayEnd.countDown();
        awaitState(job, JobState.FAILED);
        assertThat(read(job).error()).contains("first").doesNotContain("secret");
    }

    @Test
    void aTargetHasOneJobOfAKindAtATime() {
        Job job = begin("a");
        assertThat(jobs.begin("trial", "a", "another")).isNull();
        assertThat(jobs.begin("trial", "b", "another")).isNotNull();
        first.round();
        work.mayEnd.countDown();
        awaitState(job, JobState.SUCCEEDED);
        assertThat(jobs.begin("trial", "a", "another")).isNotNull();
    }

    @Test
    void aCancelledJobStopsWhetherItWasBegunOrNot() {
        Job waiting = begin("a");
        assertThat(jobs.cancel(waiting)).isTrue();
        assertThat(read(waiting).state()).isEqualTo(JobState.CANCELLED);
        assertThat(jobs.cancel(read(waiting))).isFalse();

        Job running = begin("b");
        first.round();
        awaitState(running, JobState.RUNNING);
        assertThat(jobs.cancel(read(running))).isTrue();
        first.round();
        awaitState(running, JobState.CANCELLED);
    }

    @Test
    void theEndOfAJobIsWrittenWhenTheStoreIsBack() {
        Job job = begin("a");
        first.round();
        await().until(() -> work.begun.get() == 1);
        store.setAway(true);
        work.mayEnd.countDown();
        store.setAway(false);
        awaitState(job, JobState.SUCCEEDED);
    }

    @Test
    void aProcessRunsAFewJobsAtATime() {
        List<Job> all = List.of(begin("a"), begin("b"), begin("c"));
        first.round();
        first.round();
        assertThat(all.stream().map(this::read).filter(job -> job.state() == JobState.RUNNING)).hasSize(2);
        second.round();
        assertThat(all.stream().map(this::read).filter(job -> job.state() == JobState.RUNNING)).hasSize(3);
    }
}
