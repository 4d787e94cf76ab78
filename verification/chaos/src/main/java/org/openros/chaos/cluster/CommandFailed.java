// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.cluster;

/** A command of {@code ros} did not end as it should have. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailed(String command, int exitCode, String output) {
        super("ros " + command + " ended with " + exitCode + ": " + output.strip());
        this.exitCode = exitCode;
    }

    /** What the command ended with; -1 if it did not end in time. */
    public int exitCode() {
        return exitCode;
    }
}
