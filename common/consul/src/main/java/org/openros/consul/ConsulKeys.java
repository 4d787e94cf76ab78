// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.LockService.Value;
import org.openros.consul.ConsulJson.Pair;

/**
 * How keys and values of the lock service stand in Consul: under a prefix, and with a mark at those that go with their
 * session.
 *
 * <p>A session of the behaviour {@code release} leaves its values behind, one of the behaviour {@code delete} would
 * remove the leader's too, and two sessions for one node could end one without the other. So a marked value without a
 * session counts as absent: all that a node has in Consul ends in the same moment.
 *
 * @param prefix ends with a slash, or is empty
 */
record ConsulKeys(String prefix) {
    /** Flag of a value that goes with its session. */
    static final long ALIVE = 1;

    private static final byte[] EMPTY = new byte[0];

    String inConsul(String key) {
        return prefix + key;
    }

    List<Value> values(Pair[] pairs) {
        return Arrays.stream(pairs)
                .filter(ConsulKeys::isThere)
                .map(this::value)
                .toList();
    }

    private static boolean isThere(Pair pair) {
        return pair.flags() != ALIVE || pair.session() != null;
    }

    private Value value(Pair pair) {
        byte @Nullable [] content = pair.value();
        String key = pair.key().substring(prefix.length());
        return new Value(key, content == null ? EMPTY : content, pair.modifyIndex(), pair.session());
    }
}
