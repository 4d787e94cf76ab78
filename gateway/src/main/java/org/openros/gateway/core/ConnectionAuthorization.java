// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

/** Whether a client may connect. */
public sealed interface ConnectionAuthorization {
    /** The token is good. */
    record Granted(String userId) implements ConnectionAuthorization {}

    /** The token is certainly bad: expired, altered, of another app, or of a user who is gone or logged out. */
    record Unauthorized(String reason) implements ConnectionAuthorization {}

    /** There is certainly no such app. */
    enum UnknownApp implements ConnectionAuthorization {
        INSTANCE
    }

    /** Nobody can tell now; the client should try again. */
    record Undecided(String reason) implements ConnectionAuthorization {}
}
