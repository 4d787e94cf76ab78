// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store in memory that applies drained changes. */
public final class StoredState implements StateAccess {
    private final TreeMap<byte[], byte[]> values = new TreeMap<>(Arrays::compareUnsigned);

    @Override
    public byte @Nullable [] get(byte[] key) {
        return values.get(key);
    }

    @Override
    public void scan(byte[] prefix, byte[] after, Visitor visitor) {
        boolean fromPrefix = Arrays.compareUnsigned(after, prefix) < 0;
        for (Map.Entry<byte[], byte[]> entry :
                values.tailMap(fromPrefix ? prefix : after, fromPrefix).entrySet()) {
            if (!startsWith(entry.getKey(), prefix) || !visitor.visit(entry.getKey(), entry.getValue())) {
                return;
            }
        }
    }

    public void write(Drained drained) {
        for (StateChange change : drained.changes()) {
            switch (change) {
                case StateChange.Put put -> values.put(put.key(), put.value());
                case StateChange.Delete delete -> values.remove(delete.key());
                case StateChange.DeletePrefix delete ->
                    values.keySet().removeIf(key -> startsWith(key, delete.prefix()));
            }
        }
    }

    Map<byte[], byte[]> values() {
        return values;
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
