// SPDX-License-Identifier: Apache-2.0
package org.openros.core.problem;

import org.jspecify.annotations.Nullable;

/** Ends a request with an error reply. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final @Nullable String parameter;

    ProblemException(Problem problem, String detail, @Nullable String parameter) {
        super(detail, null, false, false);
        this.problem = problem;
        this.parameter = parameter;
    }

    /** Which reply. */
    public Problem problem() {
        return problem;
    }

    /** The parameter that is wrong, or null. */
    @Nullable String parameter() {
        return parameter;
    }
}
