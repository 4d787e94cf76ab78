// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of a realm as it was applied at one instant, whatever happens to it meanwhile. It holds on to what it needs for
 * that until it is closed. One thread at a time; all methods block for the disk and throw {@link StorageException}.
 */
public interface RealmSnapshot extends AutoCloseable {
    /** How far the realm had come; {@link RealmHead#EMPTY} if nothing was written. */
    RealmHead head();

    /** A piece of object state, or null. */
    byte @Nullable [] state(byte[] key);

    /**
     * Reads on: history entries in their order, then the rest.
     *
     * @param maxBytes of keys and values; at least one pair is read if there is one
     * @return null at the end
     */
    @Nullable List<Write> next(long maxBytes);

    @Override
    void close();
}
