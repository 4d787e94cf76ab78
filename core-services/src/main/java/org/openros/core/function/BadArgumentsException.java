// SPDX-License-Identifier: Apache-2.0
package org.openros.core.function;

/** A function cannot do anything with its arguments. */
public final class BadArgumentsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what is wrong, for the people who wrote the app
     */
    public BadArgumentsException(String message) {
        super(message, null, false, false);
    }
}
