// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.openros.history.Operation;

/**
 * What a log entry of the realm model holds: one integrated change, computed once by its master (rule 14).
 *
 * @param version server version that it makes
 * @param salt of that version
 * @param number change of the client
 */
record Change(String realm, long version, long salt, String client, long number, Operation operation) {
    private static final byte[] NO_OP = "no-op".getBytes(StandardCharsets.UTF_8);

    static byte[] noOp() {
        return NO_OP.clone();
    }

    byte[] payload() {
        String what = switch (operation) {
            case Operation.Insert insert -> "insert " + insert.key() + " 0";
            case Operation.Increment increment -> "add " + increment.counter() + " " + increment.by();
        };
        return String.join(" ", realm, Long.toString(version), Long.toString(salt), client, Long.toString(number), what)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Null for a no-op. */
    static @Nullable Change of(byte[] payload) {
        String[] parts = new String(payload, StandardCharsets.UTF_8).split(" ", -1);
        if (parts.length < 8) {
            return null;
        }
        Operation operation = parts[5].equals("insert") ? new Operation.Insert(parts[6])
                : new Operation.Increment(parts[6], Long.parseLong(parts[7]));
        return new Change(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3],
                Long.parseLong(parts[4]),
                operation);
    }

    Change withSalt(long other) {
        return new Change(realm, version, other, client, number, operation);
    }

    /** Hash of what a client is sent of it. */
    long content() {
        return realm.hashCode() * 1_000_003L + client.hashCode() * 31L + number * 7_919L + operation.hashCode();
    }
}
