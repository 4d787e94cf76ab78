// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

import java.util.regex.Pattern;

/**
 * The name of a sync worker, unique in its group.
 *
 * @param value 1 to 40 characters out of {@code a-z 0-9 -}
 */
public record NodeId(String value) implements Comparable<NodeId> {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9-]{1,40}");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the text is not a node name
     */
    public NodeId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a node name: 1 to 40 of a-z 0-9 - are allowed");
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
