// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import java.time.Duration;

/**
 * How long tokens are good.
 *
 * @param idle how long a log-in lives without a refresh
 * @param longest how long a log-in lives at most; the life of refresh tokens
 */
record TokenLives(Duration access, Duration idle, Duration longest) {
    /** A log-in is given a longer life when this part of it is used up, so not with each refresh. */
    private static final int PARTS = 30;

    /** Gives no log-in a longer life than the longest. */
    TokenLives {
        if (idle.compareTo(longest) > 0) {
            idle = longest;
        }
    }

    Duration step() {
        return idle.dividedBy(PARTS);
    }
}
