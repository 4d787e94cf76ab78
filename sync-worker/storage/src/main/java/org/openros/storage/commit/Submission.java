// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import org.jspecify.annotations.Nullable;
import org.openros.storage.CommitListener;
import org.openros.storage.StorageException;
import org.openros.storage.WriteSet;

/** One call of commit on its way. Handed from thread to thread, never shared. */
final class Submission {
    final WriteSet writeSet;
    final byte[] payload;
    final CommitListener listener;
    final Lane lane;

    @Nullable StorageException failure;

    Submission(WriteSet writeSet, byte[] payload, CommitListener listener, Lane lane) {
        this.writeSet = writeSet;
        this.payload = payload;
        this.listener = listener;
        this.lane = lane;
    }
}
