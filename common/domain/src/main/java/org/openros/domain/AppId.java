// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

import java.util.regex.Pattern;

/**
 * The id under which an SDK app is known: the argument of {@code App.create} and the {@code <appId>} of every URL.
 *
 * @param value 1 to 100 characters out of {@code A-Z a-z 0-9 _ -}
 */
public record AppId(String value) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /** The owner of the realms in which the server keeps its own records. No client ever gets in. */
    public static final AppId SYSTEM = new AppId("__system");

    /**
     * Checks the form.
     *
     * @throws IllegalArgumentException if the text is not an application id
     */
    public AppId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an application id: 1 to 100 of A-Z a-z 0-9 _ - are allowed");
        }
    }

    /** Whether the id is kept for the server itself: those that start with two underscores. */
    public boolean isReserved() {
        return value.startsWith("__");
    }

    /** Whether the text has the form of an application id. */
    public static boolean isValid(String text) {
        return ALLOWED.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
