// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import org.jspecify.annotations.Nullable;

/** The store of one realm's object state, as far as {@link ObjectState} reads it. Called by the owner's thread only. */
public interface StateAccess {
    /** A store that holds nothing. */
    StateAccess EMPTY = new StateAccess() {
        @Override
        public byte @Nullable [] get(byte[] key) {
            return null;
        }

        @Override
        public void scan(byte[] prefix, byte[] after, Visitor visitor) {}
    };

    /** A value, or null if there is none. Neither side modifies key or value. */
    byte @Nullable [] get(byte[] key);

    /**
     * Walks values in the order of unsigned key bytes.
     *
     * @param prefix keys start with it
     * @param after only keys behind this one; empty to start
     */
    void scan(byte[] prefix, byte[] after, Visitor visitor);

    /** Receives values. */
    @FunctionalInterface
    interface Visitor {
        /** Takes the next value; false ends the walk. */
        boolean visit(byte[] key, byte[] value);
    }
}
