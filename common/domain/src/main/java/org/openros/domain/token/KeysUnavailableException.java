// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

/** The keys that a token must be checked with cannot be had now: nothing is known about the token. Try again later. */
public final class KeysUnavailableException extends Exception {
    private static final long serialVersionUID = 1L;

    KeysUnavailableException(Throwable cause) {
        super("the signing keys cannot be fetched", cause);
    }
}
