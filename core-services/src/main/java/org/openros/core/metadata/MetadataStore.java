// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.AppId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;

/** The port to the system realm. Thread-safe; calls block, for seconds when a master is just being replaced. */
public interface MetadataStore {
    /** The realm that holds all this, in the group {@code default}. */
    RealmPath REALM = RealmPath.of(AppId.SYSTEM, new Partition.Text("auth"));

    /** The largest page of {@link #list}. */
    int MAX_PAGE = 1000;

    /**
     * Reads one object.
     *
     * @return the object, or null if it is certainly not there
     * @throws StoreUnavailableException if nobody can say now
     */
    @Nullable StoredObject find(ObjectRef object);

    /**
     * Reads objects of a class whose keys begin alike, in the order of their keys (of their bytes, in UTF-8).
     *
     * @param prefix what the keys begin with, and are longer than; empty for all
     * @param after only keys behind this one; null to start
     * @param limit at most so many, 1 to {@value #MAX_PAGE}; fewer come only at the end
     * @throws StoreUnavailableException if nobody can say now
     */
    List<KeyedObject> list(MetadataTable table, String prefix, @Nullable String after, int limit);

    /**
     * Checks the conditions and makes the changes, durably and as one step. When a reply is lost the transaction is
     * tried again, so its changes may have been made although a condition then fails: callers read again before they
     * say no.
     *
     * @return false if a condition does not hold
     * @throws StoreUnavailableException if nobody can do it now; the changes may have been made all the same
     */
    boolean commit(Transaction transaction);

    /** Whether the store is likely to answer; for readiness, never blocks. */
    boolean isReachable();
}
