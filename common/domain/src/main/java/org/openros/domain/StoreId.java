// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

import java.util.UUID;

/** The random identity of a data folder: a wiped, cloned or restored one has another (group protocol, rule 11). */
public record StoreId(UUID value) {
    /** A new identity. */
    public static StoreId random() {
        return new StoreId(UUID.randomUUID());
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static StoreId of(String text) {
        return new StoreId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
