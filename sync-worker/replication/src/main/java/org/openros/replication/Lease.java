// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import org.jspecify.annotations.Nullable;

/**
 * The node's session in the lock service.
 *
 * @param session null if there is none
 * @param deadline what the session grants is not used any more from then on
 * @param nextAt when it is renewed, or opened
 * @param asking whether an answer is awaited
 * @param failures in a row
 */
record Lease(@Nullable String session, long deadline, long nextAt, boolean asking, int failures) {
    static final Lease NONE = new Lease(null, Long.MIN_VALUE, Long.MIN_VALUE, false, 0);

    boolean isValid(long now) {
        return session != null && now < deadline;
    }

    Lease asked() {
        return new Lease(session, deadline, nextAt, true, failures);
    }

    Lease failed(long retryAt) {
        return new Lease(session, deadline, retryAt, false, failures + 1);
    }
}
