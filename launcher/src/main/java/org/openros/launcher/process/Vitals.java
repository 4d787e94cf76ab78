// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.process;

/**
 * What the system says of a process.
 *
 * @param memory resident bytes, 0 if dead or unknown
 */
public record Vitals(Condition condition, long memory) {
    static final Vitals DEAD = new Vitals(Condition.DEAD, 0);

    /** Whether a process makes progress. */
    public enum Condition {
        /** It runs, or could. */
        RUNNING,
        /** Stopped by SIGSTOP, goes on with SIGCONT. */
        PAUSED,
        /** It has ended, or never was. */
        DEAD
    }

    /** Whether it has not ended. */
    public boolean alive() {
        return condition != Condition.DEAD;
    }
}
