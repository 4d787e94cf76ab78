// SPDX-License-Identifier: Apache-2.0
package org.openros.core.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.HexIds;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.KeyedObject;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;

/**
 * The jobs in the store. A target has one job of a kind at a time. Who runs one holds it as long as its name stands
 * in the record; each change of a runner is on that condition. Thread-safe; blocks; each method throws
 * {@link StoreUnavailableException} when the store cannot say.
 */
public final class Jobs {
    /** How long jobs that have ended are told. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final int LONGEST_TEXT = 4_000;

    private final MetadataStore store;
    private final Clock clock;

    Jobs(MetadataStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Begins a job; some process takes it up soon.
     *
     * @return the job, or null if the target has one of this kind that has not ended
     */
    public @Nullable Job begin(String type, String target, String creator) {
        Instant now = now();
        String id = HexIds.next(now);
        Job job = new Job(
                id, type, target, creator, JobState.QUEUED, 0, 0, "", false, null, 0, now, null, null, null, null);
        Transaction.Builder transaction = Transaction.begin();
        JobRecords.write(transaction, job);
        return store.commit(transaction.build()) || find(id) != null ? job : null;
    }

    /** Whether a target that begins so has a job of that kind that has not ended. */
    public boolean isActive(String type, String target) {
        return !store.list(MetadataTable.ACTIVE_JOB, type + " " + target, null, 1).isEmpty()
                || store.find(JobRecords.active(type, target)) != null;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** A job; null if there is none. */
    public @Nullable Job find(String id) {
        StoredObject object = store.find(JobRecords.ref(id));
        return object == null ? null : JobRecords.read(id, object);
    }

    /** Jobs in the order of their ids, oldest first. */
    public List<Job> list(@Nullable String after, int limit) {
        return store.list(MetadataTable.JOB, "", after, limit).stream()
                .map(object -> JobRecords.read(object.key(), object.object()))
                .toList();
    }

    /** Those that have not ended. */
    List<Job> active() {
        return store.list(MetadataTable.ACTIVE_JOB, "", null, MetadataStore.MAX_PAGE).stream()
                .map(object -> find(String.valueOf(object.object().text(JobRecords.JOB))))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Tells a job to stop: at once if nobody works on it, else when its work looks.
     *
     * @return false if it has ended
     */
    public boolean cancel(Job job) {
        ObjectRef ref = JobRecords.ref(job.id());
        if (job.state() == JobState.QUEUED && end(job, JobState.CANCELLED, null, null)) {
            return true;
        }
        return store.commit(Transaction.begin()
                .requireEquals(ref, JobRecords.STATE, new Text(JobState.RUNNING.text()))
                .set(ref, JobRecords.CANCELLED, new Flag(true))
                .build());
    }

    /** Makes a process the runner of a job that has none, or whose runner is no more. False if others were faster. */
    boolean take(Job job, String runner) {
        ObjectRef ref = JobRecords.ref(job.id());
        return store.commit(unchanged(job)
                        .set(ref, JobRecords.STATE, new Text(JobState.RUNNING.text()))
                        .set(ref, JobRecords.RUNNER, new Text(runner))
                        .set(ref, JobRecords.STARTED, new Moment(Objects.requireNonNullElse(job.startedAt(), now())))
                        .set(ref, JobRecords.BEAT, new Whole(job.beat() + 1))
                        .build())
                || isRunBy(job.id(), runner);
    }

    private boolean isRunBy(String id, String runner) {
        Job job = find(id);
        return job != null && job.state() == JobState.RUNNING && runner.equals(job.runner());
    }

    private static Transaction.Builder unchanged(Job job) {
        ObjectRef ref = JobRecords.ref(job.id());
        return Transaction.begin()
                .requireEquals(ref, JobRecords.STATE, new Text(job.state().text()))
                .requireEquals(ref, JobRecords.RUNNER, job.runner() == null ? null : new Text(job.runner()))
                .requireEquals(ref, JobRecords.BEAT, new Whole(job.beat()));
    }

    /**
     * Shows that the runner lives, and how far it is.
     *
     * @return false if it is not the runner any more
     */
    boolean beat(String id, String runner, long beat, long done, long total, String unit) {
        ObjectRef ref = JobRecords.ref(id);
        return store.commit(Transaction.begin()
                        .requireEquals(ref, JobRecords.RUNNER, new Text(runner))
                        .requireEquals(ref, JobRecords.STATE, new Text(JobState.RUNNING.text()))
                        .set(ref, JobRecords.BEAT, new Whole(beat))
                        .set(ref, JobRecords.DONE, new Whole(done))
                        .set(ref, JobRecords.TOTAL, new Whole(total))
                        .set(ref, JobRecords.UNIT, new Text(unit))
                        .build())
                || isRunBy(id, runner);
    }

    /** Ends a job that has not changed since it was read; its runner may have gone on. False if it has. */
    boolean end(Job job, JobState state, @Nullable String error, @Nullable String result) {
        ObjectRef ref = JobRecords.ref(job.id());
        return end(Transaction.begin()
                .requireEquals(ref, JobRecords.STATE, new Text(job.state().text()))
                .requireEquals(ref, JobRecords.RUNNER, job.runner() == null ? null : new Text(job.runner())),
                job, state, error, result);
    }

    private boolean end(
            Transaction.Builder transaction, Job job, JobState state, @Nullable String error, @Nullable String result) {
        ObjectRef ref = JobRecords.ref(job.id());
        transaction
                .set(ref, JobRecords.STATE, new Text(state.text()))
                .set(ref, JobRecords.ENDED, new Moment(now()))
                .erase(JobRecords.active(job.type(), job.target()));
        if (error != null) {
            transaction.set(ref, JobRecords.ERROR, new Text(cut(error)));
        }
        if (result != null && result.length() <= LONGEST_TEXT) {
            transaction.set(ref, JobRecords.RESULT, new Text(result));
        }
        return store.commit(transaction.build());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    /** Forgets jobs that ended long ago. */
    void sweep() {
        Instant end = now().minus(KEPT);
        List<String> old = new ArrayList<>();
        String last = null;
        List<KeyedObject> page;
        do {
            page = store.list(MetadataTable.JOB, "", last, MetadataStore.MAX_PAGE);
            for (KeyedObject object : page) {
                last = object.key();
                Job job = JobRecords.read(object.key(), object.object());
                if (job.state().isEnd() && job.createdAt().isBefore(end)) {
                    old.add(job.id());
                }
            }
        } while (page.size() == MetadataStore.MAX_PAGE);
        old.forEach(id -> store.commit(Transaction.begin().erase(JobRecords.ref(id)).build()));
    }
}
