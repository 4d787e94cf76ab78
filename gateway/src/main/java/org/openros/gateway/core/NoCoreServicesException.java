// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

/** No instance of core services has been found yet. */
final class NoCoreServicesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoCoreServicesException() {
        super("no instance of core services has been found yet");
    }
}
