// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.openros.domain.FileIdent;

/** The committed state of one realm. Thread-safe; every method reads what is committed at the time of the call. */
public interface RealmStore {
    /** How far the realm has come; {@link RealmHead#EMPTY} if nothing was written. */
    RealmHead head();

    /** The history entry of a version, or null if there is none. */
    @Nullable HistoryEntry entry(long serverVersion);

    /**
     * Walks history entries in ascending order.
     *
     * @param after versions above this one
     * @param through up to and including this one
     */
    void entries(long after, long through, EntryVisitor visitor);

    /** A client file, or null if the identifier was never allocated. */
    @Nullable ClientFile clientFile(FileIdent ident);

    /**
     * The stored reciprocal forms of a client by server version; versions without one use the main form.
     *
     * @param after versions above this one
     */
    NavigableMap<Long, byte[]> reciprocals(FileIdent client, long after);

    /** A piece of object state, or null. The caller does not modify it. */
    byte @Nullable [] state(byte[] key);

    /**
     * Walks object state in the order of unsigned key bytes.
     *
     * @param prefix keys start with it; may be empty
     * @param after only keys behind this one; empty to start
     */
    void states(byte[] prefix, byte[] after, StateVisitor visitor);

    /** How much there is of the realm. Cheap whatever that is. */
    RealmSize size();

    /**
     * Reads everything, a page at a time: history entries in their order, then the rest. Pages are of different
     * moments, and what is written behind the place of the reader is missed: the log tells it.
     *
     * @param after the end of the page before; empty to start
     * @param maxBytes of keys and values; at least one pair is read if there is one
     * @throws IllegalArgumentException if that is no place in a realm
     */
    RealmPage page(byte[] after, long maxBytes);

    /** Receives history entries. */
    @FunctionalInterface
    interface EntryVisitor {
        /** Takes the next entry; false ends the walk. */
        boolean visit(HistoryEntry entry);
    }

    /** Receives pieces of object state. */
    @FunctionalInterface
    interface StateVisitor {
        /** Takes the next piece; false ends the walk. */
        boolean visit(byte[] key, byte[] value);
    }
}
