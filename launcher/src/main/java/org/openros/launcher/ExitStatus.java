// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

/** The exit codes of {@code ros}. */
public enum ExitStatus {
    /** The command did its work. */
    OK(0),
    /** A fault that has no code of its own; the log says more. */
    FAULT(1),
    /** Of commands that ask the administrators' interface: it refused, and said why. */
    REFUSED(1),
    /** The command line is wrong. */
    USAGE(2),
    /** The address cannot be used: taken by another process, privileged, or not of this machine. */
    ADDRESS(3),
    /** Of commands that ask the administrators' interface: some of what was asked for was done. */
    PARTLY(3),
    /** Of commands that ask the administrators' interface: it does not answer, or cannot do it now. */
    UNREACHABLE(4),
    /** The data folder cannot be used: not writable, in use by another process, damaged, or from another version. */
    DATA(4),
    /** What the command asks does not run or does not answer, or is not in a state for it. */
    UNAVAILABLE(5);

    private final int code;

    ExitStatus(int code) {
        this.code = code;
    }

    /** The code that the process ends with. */
    public int code() {
        return code;
    }
}
