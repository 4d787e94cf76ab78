// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.storage.RealmStore;
import org.openros.storage.Write;

/**
 * What services remember in a realm besides its objects: stored in the same write sets as the changes that it is about,
 * and seen by nobody else. What was noted is visible at once.
 */
final class Notes {
    private static final byte[] PREFIX = {(byte) 0xFF, 'n'};

    private final RealmStore store;
    private final Map<ByteString, Unsettled> unsettled = new HashMap<>();

    Notes(RealmStore store) {
        this.store = store;
    }

    /** The value under a key, or null. Neither side modifies it. */
    byte @Nullable [] get(byte[] key) {
        byte[] stored = prefixed(key);
        Unsettled newest = unsettled.get(ByteString.copyOf(stored));
        return newest == null ? store.state(stored) : newest.value;
    }

    /** Stores a value with a batch, or removes it if it is null. */
    void put(byte[] key, byte @Nullable [] value, Batch batch) {
        byte[] stored = prefixed(key);
        batch.add(value == null ? new Write.DeleteState(stored) : new Write.PutState(stored, value));
        ByteString name = ByteString.copyOf(stored);
        Unsettled newest = new Unsettled(value);
        unsettled.put(name, newest);
        batch.then(() -> unsettled.remove(name, newest), () -> {});
    }

    /** The first keys on the disk that begin so, in the order of their bytes. */
    List<byte[]> keys(byte[] prefix, int limit) {
        List<byte[]> keys = new ArrayList<>();
        store.states(prefixed(prefix), new byte[0], (key, value) -> {
            byte[] own = new byte[key.length - PREFIX.length];
            System.arraycopy(key, PREFIX.length, own, 0, own.length);
            keys.add(own);
            return keys.size() < limit;
        });
        return keys;
    }

    private static byte[] prefixed(byte[] key) {
        byte[] stored = new byte[PREFIX.length + key.length];
        System.arraycopy(PREFIX, 0, stored, 0, PREFIX.length);
        System.arraycopy(key, 0, stored, PREFIX.length, key.length);
        return stored;
    }

    /** A value that the disk may not show yet. */
    private static final class Unsettled {
        private final byte @Nullable [] value;

        private Unsettled(byte @Nullable [] value) {
            this.value = value;
        }
    }
}
