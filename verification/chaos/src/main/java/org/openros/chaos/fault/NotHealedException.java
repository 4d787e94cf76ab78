// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.fault;

/** The cluster did not become whole again in time. */
public final class NotHealedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotHealedException(String message) {
        super(message);
    }
}
