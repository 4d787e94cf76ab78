// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import org.jspecify.annotations.Nullable;
import org.openros.storage.RealmHead;
import org.openros.storage.StorageException;

/**
 * The pending commits of one realm. It exists while there are any, so a failed one takes all behind it along, and the
 * first one after the last of them was reported starts afresh.
 */
final class Lane {
    /** Guarded by the queue. */
    int pending;

    /** Where the admitted commits lead to; only for the committer. */
    @Nullable RealmHead head;

    /** Why all further ones fail; set by the committer and the applier. */
    volatile @Nullable StorageException failure;
}
