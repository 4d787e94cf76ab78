// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.Locale;

/** The errors of this interface (admin API, section 3.2). */
enum Problem {
    /** A parameter is wrong. */
    INVALID_PARAMETERS(400, 601, "Invalid parameters"),

    /** The value does not fit the schema. */
    OBJECT_DOES_NOT_FIT(422, 601, "Object does not fit"),

    /** The idempotency key was used with another request. */
    KEY_REUSED(422, 601, "Idempotency key used before"),

    /** There is no such class or object. */
    NOT_FOUND(404, 906, "Not found"),

    /** The object is there already. */
    CONFLICT(409, 903, "Conflict"),

    /** A condition does not hold; nothing was changed. */
    PRECONDITION_FAILED(412, 904, "Precondition failed"),

    /** The history that is asked for is not there any more. */
    HISTORY_GONE(410, 906, "History gone"),

    /** The request is too large. */
    TOO_LARGE(413, 601, "Request too large"),

    /** Nothing was done. Try again. */
    UNAVAILABLE(503, 802, "Service unavailable"),

    /** It is not known whether it was done. */
    OUTCOME_UNKNOWN(503, 802, "Outcome unknown");

    private final int status;
    private final int code;
    private final String title;

    Problem(int status, int code, String title) {
        this.status = status;
        this.code = code;
        this.title = title;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    String title() {
        return title;
    }

    String type() {
        return "urn:realm-server:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Ends the request; the text is for people. */
    ProblemException exception(String detail) {
        return new ProblemException(this, detail, null);
    }

    /** Ends the request because of one parameter. */
    static ProblemException invalid(String parameter, String reason) {
        return new ProblemException(INVALID_PARAMETERS, parameter + ": " + reason, parameter);
    }

    /** Ends the request because something does not fit the schema. */
    static ProblemException misfit(Misfit misfit) {
        return new ProblemException(
                OBJECT_DOES_NOT_FIT, misfit.place() + " " + misfit.reason(), misfit.place());
    }

    /** Ends the request because a condition does not hold. */
    static ProblemException conditionFailed(String place, String detail) {
        return new ProblemException(PRECONDITION_FAILED, detail, place);
    }

    /** Whether the request is answered like this only by a worker that is certain to be the master. */
    boolean needsMaster() {
        return status == 404 || status == 409 || status == 410 || status == 412 || this == OBJECT_DOES_NOT_FIT;
    }
}
