// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.frame;

import org.openros.domain.Epoch;

/** What came of a direct call to another node. */
public sealed interface ProbeOutcome {
    /**
     * The node answered.
     *
     * @param report of itself
     * @param sight how it sees the node that was asked about
     * @param ceased its reigns up to this epoch are over, of this process and of former ones: it serves none of them
     *     any more, never will, and does not use their session in the lock service; {@link Epoch#NONE} if it cannot say
     *     so
     */
    record Answered(NodeReport report, Sight sight, Epoch ceased) implements ProbeOutcome {}

    /** Its host is there and nobody listens: the process is gone. */
    record Refused() implements ProbeOutcome {}

    /** Anything else: no answer in time, no route, no name. */
    record Silent(String message) implements ProbeOutcome {}
}
