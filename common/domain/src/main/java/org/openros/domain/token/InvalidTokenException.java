// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

/** A token that is certainly not acceptable: asking again, or asking another node, gives the same answer. */
public final class InvalidTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why a token is not acceptable. */
    public enum Reason {
        /** Not a JWT, too long, or a claim that must be there is missing or has a wrong form. */
        MALFORMED,

        /** Signed by an unknown key, with another algorithm, not signed, or altered. */
        BAD_SIGNATURE,

        /** Was good once. */
        EXPIRED,

        /** A token of another kind: say a refresh token where an access token is wanted. */
        WRONG_KIND
    }

    private final Reason reason;

    /** Creates the exception; the message must not contain the token. */
    public InvalidTokenException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why the token is not acceptable. */
    public Reason reason() {
        return reason;
    }
}
