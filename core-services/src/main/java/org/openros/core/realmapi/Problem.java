// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The errors of the interface with their codes (admin API, section 3.2). */
enum Problem {
    /** A value is wrong. */
    INVALID_PARAMETERS(400, 601, "Invalid parameters"),

    /** A value is missing. */
    MISSING_PARAMETERS(400, 602, "Missing parameters"),

    /** The token is missing, bad or expired. */
    INVALID_CREDENTIALS(401, 611, "Invalid credentials"),

    /** The caller may not do that. */
    ACCESS_DENIED(403, 614, "Access denied"),

    /** There is no such realm. */
    REALM_NOT_FOUND(404, 617, "Realm not found"),

    /** The realm has another type. */
    INVALID_REALM_TYPE(400, 619, "Invalid realm type"),

    /** The offer has expired. */
    EXPIRED_PERMISSION_OFFER(403, 701, "Expired permission offer"),

    /** Rights to a realm of the server's own cannot be given away. */
    FILE_MAY_NOT_BE_SHARED(403, 703, "File may not be shared"),

    /** A realm of the server's own cannot be deleted. */
    PROTECTED_REALM(403, null, "Protected realm"),

    /** Cannot be decided or done now. Try again. */
    SERVICE_UNAVAILABLE(503, 802, "Service unavailable"),

    /** What is there contradicts the request. */
    CONFLICT(409, 903, "Conflict"),

    /** There is no such route. */
    NOT_FOUND(404, null, "Not found"),

    /** The request body is too long. */
    TOO_LARGE(413, 601, "Request too large"),

    /** A defect of this server; its log tells more. */
    INTERNAL(500, null, "Internal error");

    private final int status;
    private final @Nullable Integer code;
    private final String title;

    Problem(int status, @Nullable Integer code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    int status() {
        return status;
    }

    @Nullable Integer code() {
        return code;
    }

    String title() {
        return title;
    }

    String type() {
        return "urn:realm-server:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Ends the request; the text is for people and must not contain a secret. */
    ProblemException exception(String detail) {
        return new ProblemException(this, detail, null);
    }

    /** Ends the request because of one parameter. */
    static ProblemException invalid(String parameter, String reason) {
        return new ProblemException(INVALID_PARAMETERS, parameter + ": " + reason, parameter);
    }

    /** Ends the request because a parameter is missing. */
    static ProblemException missing(String parameter) {
        return new ProblemException(MISSING_PARAMETERS, parameter + " is missing", parameter);
    }
}
