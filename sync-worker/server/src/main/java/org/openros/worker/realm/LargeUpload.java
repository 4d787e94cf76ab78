// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import org.openros.protocol.ClientMessage;
import org.openros.protocol.SyncError;

/**
 * An upload on its way that needs so much memory that it may have to wait for it. Nothing more is asked of its client
 * meanwhile. What it holds is given back when it is committed, lost or refused.
 */
final class LargeUpload {
    private final Session session;
    private final Realm realm;
    private final Uploads uploads;
    private final ClientMessage.Upload message;
    private final MemoryBudget memory;
    private long asked;
    private long held;

    LargeUpload(Session session, Realm realm, Uploads uploads, ClientMessage.Upload message) {
        this.session = session;
        this.realm = realm;
        this.uploads = uploads;
        this.message = message;
        this.memory = realm.memory().uploads();
    }

    /** Begins with what the upload needs at least. */
    void begin() {
        long least = UploadWeight.least(message.body());
        if (message.body().plainSize() > realm.settings().uploadBytes() || !memory.fits(least)) {
            session.uploaded(tooLarge(least));
        } else {
            ask(least);
        }
    }

    private Refusal tooLarge(long needed) {
        return new Refusal(SyncError.OVERLOADED, "an upload of " + message.body().plainSize() + " bytes is larger than "
                + realm.settings().uploadBytes() + " (ros.worker.upload-size), or needs " + needed
                + " bytes of memory and there are " + memory.limit()
                + " (ros.worker.work-memory, or a larger heap), or makes too"
                + " long an entry of the log");
    }

    private void ask(long bytes) {
        asked = bytes;
        memory.request(bytes, () -> realm.execute(this::goOn));
    }

    private void goOn() {
        held = asked;
        try {
            if (session.mayUpload()) {
                session.attempt(this::take);
            }
        } finally {
            release();
        }
    }

    private void take() {
        Uploads.Reading reading = uploads.read(message);
        if (reading.refusal() != null) {
            session.uploaded(reading.refusal());
            return;
        }
        UploadWeight weight = UploadWeight.of(message.body(), reading.changesets());
        long needed = Math.max(held, weight.memory());
        if (!memory.fits(needed) || !weight.fitsLog()) {
            session.uploaded(tooLarge(needed));
        } else if (needed == held || memory.tryTake(needed - held)) {
            held = needed;
            integrate(reading);
        } else {
            // Reads it again then: two that wait for more while they hold something would wait for each other.
            release();
            ask(needed);
        }
    }

    private void integrate(Uploads.Reading reading) {
        Refusal refusal = uploads.integrate(message, reading.changesets());
        if (refusal == null) {
            realm.reserve(held);
            held = 0;
        }
        session.uploaded(refusal);
    }

    private void release() {
        long bytes = held;
        held = 0;
        memory.give(bytes);
    }
}
