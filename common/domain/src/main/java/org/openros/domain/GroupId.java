// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

import java.util.regex.Pattern;

/**
 * The name of a group of sync workers.
 *
 * @param value 1 to 40 characters out of {@code a-z 0-9 -}
 */
public record GroupId(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9-]{1,40}");

    /** The group that keeps the system realms. */
    public static final GroupId DEFAULT = new GroupId("default");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the text is not a group name
     */
    public GroupId {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("not a group name: 1 to 40 of a-z 0-9 - are allowed");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
