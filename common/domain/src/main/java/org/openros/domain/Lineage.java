// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

import java.util.UUID;

/**
 * The random identity of a group's history. It is made at the group's first start and changes only when an operator
 * accepts the loss of data; logs of different lineages have nothing in common (group protocol, "What is stored").
 */
public record Lineage(UUID value) {
    /** A new one. */
    public static Lineage random() {
        return new Lineage(UUID.randomUUID());
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Lineage of(String text) {
        return new Lineage(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
