// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A strongly consistent store of small values, with sessions that hold locks. Its locks give liveness only; safety
 * comes from compare-and-set of the group's record (group protocol).
 *
 * <p>Calls block, each at most for a timeout of its own; thread-safe. Keys are relative to the prefix that the adapter
 * was given, with {@code /} between their parts.
 */
public interface LockService extends AutoCloseable {
    /**
     * A value as it was read.
     *
     * @param index of its last change: rises with every change of any key; 0 if the key does not exist
     * @param session that holds the key as a lock, or null
     */
    record Value(String key, byte[] content, long index, @Nullable String session) {}

    /** What a transaction does, all or nothing, in this order. */
    sealed interface Operation {
        /** Writes the value and makes the session its holder; fails if another session holds it. */
        record Lock(String key, byte[] content, String session) implements Operation {}

        /** Ends the hold, the value stays; fails if the session does not hold it. */
        record Unlock(String key, byte[] content, String session) implements Operation {}

        /** Writes if the value was last changed at the index; index 0 means that the key must not exist. */
        record CompareAndSet(String key, byte[] content, long index) implements Operation {}

        /** Fails unless the session holds the key. */
        record CheckHolder(String key, String session) implements Operation {}

        /** Writes in any case; who holds the key stays. */
        record Put(String key, byte[] content) implements Operation {}

        /** Removes in any case. */
        record Delete(String key) implements Operation {}
    }

    /** How a transaction ended. */
    sealed interface Outcome {
        /**
         * Everything was done. The written values have the index; 0 if none was written. Writing what is there already
         * changes nothing: the value keeps its index.
         */
        record Done(long index) implements Outcome {}

        /** Nothing was done, because of this operation. */
        record Refused(Operation operation, String reason) implements Outcome {}
    }

    /**
     * Opens a session that ends when it is not renewed in time. When it ends, its locks are released and values that
     * were written with {@link #putWhileAlive} are removed.
     *
     * @param ttl at least 10 s in Consul's default; the service may take twice as long
     * @return its name
     */
    String openSession(String description, Duration ttl) throws LockServiceException;

    /** Renews a session; false if it does not exist any more. */
    boolean renewSession(String session) throws LockServiceException;

    /** Ends a session, one of another node too; fine if it does not exist. */
    void destroySession(String session) throws LockServiceException;

    /** Reads a value, confirmed by the service's leader; null if there is none. */
    @Nullable Value get(String key) throws LockServiceException;

    /** Reads all values whose key begins so, in key order, confirmed by the service's leader. */
    List<Value> list(String prefix) throws LockServiceException;

    /**
     * Writes a value that goes with the session, in place of one that went with another session. Its key must not be
     * used in transactions.
     */
    void putWhileAlive(String key, byte[] content, String session) throws LockServiceException;

    /**
     * Does all of it or nothing.
     *
     * @throws LockServiceException with {@link LockServiceException#isOutcomeUnknown()} if it may have been done
     */
    Outcome transact(List<Operation> operations) throws LockServiceException;

    /**
     * Reports all values whose key begins so: now, and after every change. States may be skipped, order is kept. While
     * the service cannot be reached nothing is reported, and the watch goes on by itself.
     *
     * @param listener called one at a time, on a thread of the service; must not block
     */
    GroupView.Registration watch(String prefix, Consumer<List<Value>> listener);

    /** Ends all watches; sessions stay until they are destroyed or expire. */
    @Override
    void close();
}
