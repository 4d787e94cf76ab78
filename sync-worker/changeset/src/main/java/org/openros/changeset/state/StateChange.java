// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

/** One write to the store of object state. Arrays are not modified by anybody. */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface StateChange {
    /** Stores a value. */
    record Put(byte[] key, byte[] value) implements StateChange {}

    /** Removes a value if it is there. */
    record Delete(byte[] key) implements StateChange {}

    /** Removes all values whose key starts with the prefix. */
    record DeletePrefix(byte[] prefix) implements StateChange {}
}
