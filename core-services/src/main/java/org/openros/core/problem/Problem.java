// SPDX-License-Identifier: Apache-2.0
package org.openros.core.problem;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The errors of the interface with their codes (admin API, section 3.2). */
public enum Problem {
    /** A value is wrong. */
    INVALID_PARAMETERS(400, 601, "Invalid parameters"),

    /** A value is missing. */
    MISSING_PARAMETERS(400, 602, "Missing parameters"),

    /** The token is missing, bad or expired. */
    INVALID_CREDENTIALS(401, 611, "Invalid credentials"),

    /** The caller may not do that. */
    ACCESS_DENIED(403, 614, "Access denied"),

    /** There is no such account, or none that the caller may know of. */
    UNKNOWN_ACCOUNT(404, 612, "Unknown account"),

    /** There is no such realm. */
    REALM_NOT_FOUND(404, 617, "Realm not found"),

    /** There is an account of this name. */
    EXISTING_ACCOUNT(400, 613, "Existing account"),

    /** There is no such user. */
    UNKNOWN_USER(404, 618, "Unknown user"),

    /** The realm has another type. */
    INVALID_REALM_TYPE(400, 619, "Invalid realm type"),

    /** The offer has expired. */
    EXPIRED_PERMISSION_OFFER(403, 701, "Expired permission offer"),

    /** Rights to a realm of the server's own cannot be given away. */
    FILE_MAY_NOT_BE_SHARED(403, 703, "File may not be shared"),

    /** A realm of the server's own cannot be deleted. */
    PROTECTED_REALM(403, null, "Protected realm"),

    /** It is not known whether it was done. */
    OUTCOME_UNKNOWN(503, 802, "Outcome unknown"),

    /** Cannot be decided or done now. Try again. */
    SERVICE_UNAVAILABLE(503, 802, "Service unavailable"),

    /** Too often. */
    RATE_LIMITED(429, 901, "Rate limited"),

    /** Providers cannot be changed while the server runs. */
    RUNTIME_CONFIG_DISABLED(403, null, "Runtime configuration is disabled"),

    /** What is there contradicts the request. */
    CONFLICT(409, 903, "Conflict"),

    /** What is there is not what {@code If-Match} names. */
    PRECONDITION_FAILED(412, 904, "Precondition failed"),

    /** There is no such thing. */
    NO_RESOURCE(404, 906, "Not found"),

    /** Needs something that is not configured here. */
    NOT_ENABLED(501, 803, "Not enabled"),

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

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The code that clients read; null if the situation has none. */
    public @Nullable Integer code() {
        return code;
    }

    String title() {
        return title;
    }

    String type() {
        return "urn:realm-server:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Ends the request; the text is for people and must not contain a secret. */
    public ProblemException exception(String detail) {
        return new ProblemException(this, detail, null);
    }

    /** Ends the request because of one parameter. */
    public static ProblemException invalid(String parameter, String reason) {
        return new ProblemException(INVALID_PARAMETERS, parameter + ": " + reason, parameter);
    }

    /** Ends the request because a parameter is missing. */
    public static ProblemException missing(String parameter) {
        return new ProblemException(MISSING_PARAMETERS, parameter + " is missing", parameter);
    }
}
