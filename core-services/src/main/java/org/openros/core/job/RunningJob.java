// SPDX-License-Identifier: Apache-2.0
package org.openros.core.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A job that this process works on. Thread-safe. */
final class RunningJob implements JobProgress {
    private static final Logger LOG = LoggerFactory.getLogger(RunningJob.class);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(1);

    private final Jobs jobs;
    private final Job job;
    private final String runner;
    private final JobWork work;
    private final Runnable atEnd;
    private final Thread thread;
    private volatile Position position = new Position(0, 0, "");
    private volatile boolean cancelled;
    private volatile boolean lost;
    private long beat;

    private record Position(long done, long total, String unit) {}

    RunningJob(Jobs jobs, Job job, String runner, JobWork work, Runnable atEnd) {
        this.jobs = jobs;
        this.job = job;
        this.runner = runner;
        this.work = work;
        this.atEnd = atEnd;
        beat = job.beat() + 1;
        thread = Thread.ofVirtual().name("job-" + job.id()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Shows that the process lives; stops the work if it was cancelled, or belongs to another process by now. */
    void beat(Job stored) {
        if (!tell(position)) {
            abandon();
        } else if (stored.isCancelled() && !cancelled) {
            cancelled = true;
            thread.interrupt();
        }
    }

    private synchronized boolean tell(Position now) {
        beat++;
        return jobs.beat(job.id(), runner, beat, now.done(), now.total(), now.unit());
    }

    /** Stops the work; others may go on with it. */
    void abandon() {
        lost = true;
        thread.interrupt();
    }

    @Override
    public void report(long done, long total, String unit) throws InterruptedException {
        position = new Position(done, total, unit);
        if (Thread.interrupted() || lost) {
            throw new InterruptedException("the job is to stop");
        }
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    private void run() {
        try {
            JsonNode result = work.run(job.target(), this);
            end(JobState.SUCCEEDED, null, result);
        } catch (InterruptedException e) {
            end(JobState.CANCELLED, null, null);
        } catch (JobFailedException e) {
            end(JobState.FAILED, e.getMessage(), e.result());
        } catch (RuntimeException e) {
            LOG.error("job {} ({} of {}) has failed", job.id(), job.type(), job.target(), e);
            end(JobState.FAILED, e instanceof StoreUnavailableException
                    ? "the store was away: " + e.getMessage()
                    : "an unexpected error, see the log of " + runner, null);
        } finally {
            atEnd.run();
        }
    }

    /** Tried until it is known; a process that dies meanwhile leaves the job to others. */
    private void end(JobState state, @Nullable String error, @Nullable JsonNode result) {
        Job mine = new Job(
                job.id(), job.type(), job.target(), job.creator(), JobState.RUNNING, 0, 0, "", false, runner, 0,
                job.createdAt(), null, null, null, null);
        while (!lost) {
            try {
                Position last = position;
                if (state == JobState.SUCCEEDED && last.total() > 0) {
                    tell(new Position(last.total(), last.total(), last.unit()));
                }
                if (jobs.end(mine, state, error, result == null ? null : result.toString())) {
                    LOG.info("job {} ({} of {}): {}", job.id(), job.type(), job.target(), state.text());
                }
                return;
            } catch (StoreUnavailableException e) {
                LOG.debug("the end of job {} is not written yet: {}", job.id(), e.getMessage());
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(BETWEEN_ATTEMPTS);
        } catch (InterruptedException e) {
            LOG.debug("job {} waits for the store to take its end", job.id());
        }
    }
}
