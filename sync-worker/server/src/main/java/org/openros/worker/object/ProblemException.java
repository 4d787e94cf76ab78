// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import org.jspecify.annotations.Nullable;

/** Ends a request with an error reply. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Problem problem;
    private final @Nullable String parameter;

    ProblemException(Problem problem, String detail, @Nullable String parameter) {
        super(detail, null, false, false);
        this.problem = problem;
        this.parameter = parameter;
    }

    Problem problem() {
        return problem;
    }

    /** The same, about a part of the request. */
    ProblemException at(String place) {
        return new ProblemException(problem, String.valueOf(getMessage()), place);
    }

    /** What is wrong, by name; or null. */
    @Nullable String parameter() {
        return parameter;
    }
}
