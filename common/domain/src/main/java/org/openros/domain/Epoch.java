// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

/**
 * The reign of one master of a group. Every promotion raises it.
 *
 * @param value not negative; 0 before the first promotion
 */
public record Epoch(long value) implements Comparable<Epoch> {
    /** Before the first promotion. */
    public static final Epoch NONE = new Epoch(0);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public Epoch {
        if (value < 0) {
            throw new IllegalArgumentException("not an epoch: " + value);
        }
    }

    /** The epoch of the next promotion. */
    public Epoch next() {
        return new Epoch(value + 1);
    }

    @Override
    public int compareTo(Epoch other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
