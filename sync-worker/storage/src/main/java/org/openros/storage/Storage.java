// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;

/**
 * The port to everything a worker keeps. Thread-safe. Readers see committed write sets only, each as a whole.
 *
 * <p>All methods throw {@link StorageException}; those that read may block on the disk.
 */
public interface Storage extends AutoCloseable {
    /**
     * Commits a write set: logged and durable first, applied then, and only then reported. Commits of one realm are
     * applied in the order of the calls; if one fails, all later ones of that realm that were submitted before its
     * listener returned fail too, so the listener can stop the writer before anything is built on what failed. Does
     * not block unless the queue is full, in which case it waits for room; a call from a listener never waits.
     *
     * @throws StorageException if the storage is closed or has failed for good, or with {@code REJECTED} if the
     *     write set is larger than 256 MiB; the listener is not called then
     */
    void commit(WriteSet writeSet, CommitListener listener);

    /**
     * The committed view of a realm. Cheap; a realm that was never written is empty, and one that is erased and made
     * again has to be asked for anew.
     */
    RealmStore realm(RealmPath path);

    /**
     * The realms that exist, in the order of their paths.
     *
     * @param prefix paths start with it; may be empty
     * @param after only paths behind this one; null to start
     * @param limit at most so many, at least 1
     */
    List<RealmPath> realms(String prefix, @Nullable RealmPath after, int limit);

    /** Carries out pending commits and releases everything. Idempotent; not to be called from a listener. */
    @Override
    void close();
}
