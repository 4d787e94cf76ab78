// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

/** A JSON text is not the notation of what was expected. The message names the place for whoever wrote the text. */
public final class NotationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    NotationException(String message) {
        super(message);
    }
}
