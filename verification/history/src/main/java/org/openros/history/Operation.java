// SPDX-License-Identifier: Apache-2.0
package org.openros.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What one change of a client does: the two kinds of change that show at the end whether they were lost or doubled. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "do")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Operation.Insert.class, name = "insert"),
    @JsonSubTypes.Type(value = Operation.Increment.class, name = "increment")
})
public sealed interface Operation {
    /**
     * Inserts an object that nothing else inserts or deletes.
     *
     * @param key unique in the history
     */
    record Insert(String key) implements Operation {}

    /**
     * Adds to a counter.
     *
     * @param counter name, unique in its realm
     * @param by at least 1
     */
    record Increment(String counter, long by) implements Operation {
        /**
         * Checks the range.
         *
         * @throws IllegalArgumentException if the counter would not grow
         */
        public Increment {
            if (by < 1) {
                throw new IllegalArgumentException("counters of a history only grow: " + by);
            }
        }
    }
}
