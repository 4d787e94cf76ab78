// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import org.jspecify.annotations.Nullable;

/** Told the outcome of a commit. Called once, on a thread of the storage, in commit order; must not block. */
@FunctionalInterface
public interface CommitListener {
    /**
     * The write set is durable and visible to readers, or it left no trace.
     *
     * @param failure why it was not committed; null if it was
     */
    void completed(@Nullable StorageException failure);
}
