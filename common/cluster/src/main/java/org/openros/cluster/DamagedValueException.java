// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import org.jspecify.annotations.Nullable;

/** A value of the lock service that cannot be understood. Trying again does not help: somebody has to look at it. */
public final class DamagedValueException extends Exception {
    private final String key;

    /**
     * An exception.
     *
     * @param key whose value it is
     * @param damage what is wrong with it
     * @param fix what an operator does
     */
    public DamagedValueException(String key, String damage, String fix, @Nullable Throwable cause) {
        super("the value of " + key + " in the lock service is damaged (" + damage + "); " + fix, cause);
        this.key = key;
    }

    /** Whose value it is, without the prefix of the lock service. */
    public String key() {
        return key;
    }
}
