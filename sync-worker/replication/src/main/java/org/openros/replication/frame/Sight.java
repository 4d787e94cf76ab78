// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.frame;

/** How a node sees another one, for a third that asks (group protocol, "Assisted takeover"). */
public enum Sight {
    /** Frames came from it lately. */
    ALIVE,
    /** No frame came for the time that makes a node silent, and a direct probe failed since. */
    SILENT,
    /** Neither can be said. */
    UNKNOWN
}
