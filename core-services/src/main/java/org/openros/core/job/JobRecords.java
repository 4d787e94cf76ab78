// SPDX-License-Identifier: Apache-2.0
package org.openros.core.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.FieldValue.Flag;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.metadata.StoredObject;
import org.openros.core.metadata.Transaction;

/** How jobs are stored. */
final class JobRecords {
    static final String STATE = "state";
    static final String RUNNER = "runner";
    static final String CANCELLED = "cancelled";
    static final String DONE = "done";
    static final String TOTAL = "total";
    static final String UNIT = "unit";
    static final String BEAT = "beat";
    static final String STARTED = "startedAt";
    static final String ENDED = "endedAt";
    static final String ERROR = "error";
    static final String RESULT = "result";
    static final String JOB = "job";
    private static final String TYPE = "type";
    private static final String TARGET = "target";
    private static final String CREATOR = "creator";
    private static final String CREATED = "createdAt";

    private JobRecords() {}

    static ObjectRef ref(String id) {
        return new ObjectRef(MetadataTable.JOB, id);
    }

    /** Is there as long as the job has not ended. */
    static ObjectRef active(String type, String target) {
        return new ObjectRef(MetadataTable.ACTIVE_JOB, type + " " + target);
    }

    static void write(Transaction.Builder transaction, Job job) {
        ObjectRef ref = ref(job.id());
        ObjectRef active = active(job.type(), job.target());
        transaction
                .requireAbsent(active)
                .create(active)
                .set(active, JOB, new Text(job.id()))
                .requireAbsent(ref)
                .create(ref)
                .set(ref, TYPE, new Text(job.type()))
                .set(ref, TARGET, new Text(job.target()))
                .set(ref, CREATOR, new Text(job.creator()))
                .set(ref, STATE, new Text(job.state().text()))
                .set(ref, DONE, new Whole(0))
                .set(ref, TOTAL, new Whole(0))
                .set(ref, UNIT, new Text(""))
                .set(ref, CANCELLED, new Flag(false))
                .set(ref, BEAT, new Whole(0))
                .set(ref, CREATED, new Moment(job.createdAt()));
    }

    static Job read(String id, StoredObject object) {
        JobState state = JobState.named(object.text(STATE));
        if (state == null) {
            throw new StoreUnavailableException("a job of a state that this version does not know");
        }
        return new Job(
                id,
                String.valueOf(object.text(TYPE)),
                String.valueOf(object.text(TARGET)),
                String.valueOf(object.text(CREATOR)),
                state,
                object.whole(DONE),
                object.whole(TOTAL),
                String.valueOf(object.text(UNIT)),
                object.flag(CANCELLED),
                object.text(RUNNER),
                object.whole(BEAT),
                object.moment(CREATED),
                moment(object, STARTED),
                moment(object, ENDED),
                object.text(ERROR),
                object.text(RESULT));
    }

    private static @Nullable Instant moment(StoredObject object, String field) {
        return object.fields().get(field) instanceof Moment(Instant time) ? time : null;
    }
}
