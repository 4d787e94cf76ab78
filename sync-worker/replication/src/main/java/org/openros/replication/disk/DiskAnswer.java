// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.disk;

import org.jspecify.annotations.Nullable;
import org.openros.domain.log.Position;

/** What came of a {@link DiskRequest}. */
public sealed interface DiskAnswer {
    /** It was done. */
    record Done(DiskView disk) implements DiskAnswer {}

    /**
     * An entry was looked up.
     *
     * @param position null if the log does not have it any more, or not yet
     * @param tailRetained whether all entries behind it can still be read
     */
    record Located(@Nullable Position position, boolean tailRetained) implements DiskAnswer {}

    /** It was not done. */
    record Failed(Trouble trouble, String message) implements DiskAnswer {}

    /** What a disk may suffer from. */
    enum Trouble {
        /** No room; nothing was kept, and it may be tried again. */
        FULL,
        /** What was to be appended does not continue the log. */
        REJECTED,
        /** What is on the disk cannot be trusted. */
        DAMAGED,
        /** A checkpoint could not be fetched or did not fit its checksums. */
        NOT_FETCHED,
        /** Anything else: the disk does not work. */
        BROKEN
    }
}
