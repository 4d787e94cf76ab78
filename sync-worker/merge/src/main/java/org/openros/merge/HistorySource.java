// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

/** Reads the main history of one realm. */
@FunctionalInterface
public interface HistorySource {
    /**
     * Walks main entries in ascending order.
     *
     * @param after versions above this one
     * @param through up to and including this one; not above the newest version
     */
    void entries(long after, long through, Visitor visitor);

    /** Receives main entries. */
    @FunctionalInterface
    interface Visitor {
        /** Takes the next entry; false ends the walk. */
        boolean visit(MainEntry entry);
    }
}
