// SPDX-License-Identifier: Apache-2.0
package org.openros.core.job;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.openros.core.metadata.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up jobs, and those whose runner has died. That one has is seen from its beat, which has not risen for a while
 * by the clock of this process: clocks of two processes are never compared.
 */
final class JobRunner {
    /** How long a beat may stay as it is. */
    static final long SILENCE_NANOS = 20_000_000_000L;

    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    /** Jobs are heavy work on behalf of people who can wait. */
    private static final int MAX_AT_ONCE = 2;

    private final Jobs jobs;
    private final Map<String, JobWork> works;
    private final String name;
    private final LongSupplier nanoTime;
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, RunningJob> running = new ConcurrentHashMap<>();

    /** A beat, and when it was first seen. */
    private record Seen(long beat, long at) {}

    /**
     * Creates the runner.
     *
     * @param name of this process, never given twice
     */
    JobRunner(Jobs jobs, List<JobWork> works, String name, LongSupplier nanoTime) {
        this.jobs = jobs;
        this.works = works.stream().collect(Collectors.toUnmodifiableMap(JobWork::type, Function.identity()));
        this.name = name;
        this.nanoTime = nanoTime;
    }

    /** Looks once what there is to do, and shows that this process lives. */
    synchronized void round() {
        List<Job> active = jobs.active();
        seen.keySet().retainAll(active.stream().map(Job::id).collect(Collectors.toSet()));
        for (Job job : active) {
            RunningJob mine = running.get(job.id());
            if (mine != null) {
                mine.beat(job);
            } else if (isForTaking(job)) {
                take(job);
            }
        }
    }

    private boolean isForTaking(Job job) {
        if (!works.containsKey(job.type()) || running.size() >= MAX_AT_ONCE) {
            return false;
        }
        return job.state() == JobState.QUEUED || isSilent(job);
    }

    private boolean isSilent(Job job) {
        long now = nanoTime.getAsLong();
        Seen before = seen.get(job.id());
        if (before == null || before.beat() != job.beat()) {
            seen.put(job.id(), new Seen(job.beat(), now));
            return false;
        }
        return now - before.at() >= SILENCE_NANOS;
    }

    private void take(Job job) {
        JobWork work = works.get(job.type());
        if (work == null || !jobs.take(job, name)) {
            return;
        }
        String how = job.runner() == null ? "begun" : "taken over";
        LOG.info("job {} ({} of {}) is {}", job.id(), job.type(), job.target(), how);
        RunningJob mine = new RunningJob(jobs, job, name, work, () -> running.remove(job.id()));
        running.put(job.id(), mine);
        mine.start();
    }

    /** Stops what runs here; other processes go on with it. */
    void stop() {
        running.values().forEach(RunningJob::abandon);
    }

    /** Forgets what ended long ago. */
    void sweep() {
        try {
            jobs.sweep();
        } catch (StoreUnavailableException e) {
            LOG.debug("old jobs stay for now: {}", e.getMessage());
        }
    }
}
