// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.process;

/** The signals in use, by their POSIX names. */
public enum Signal {
    /** Ends the process in good order. */
    TERM,
    /** Ends the process at once. */
    KILL,
    /** Holds the process. */
    STOP,
    /** Lets a held process go on. */
    CONT
}
