// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.frame;

/** What came of a direct call to another node. */
public sealed interface ProbeOutcome {
    /**
     * The node answered.
     *
     * @param report of itself
     * @param sight how it sees the node that was asked about
     */
    record Answered(NodeReport report, Sight sight) implements ProbeOutcome {}

    /** Its host is there and nobody listens: the process is gone. */
    record Refused() implements ProbeOutcome {}

    /** Anything else: no answer in time, no route, no name. */
    record Silent(String message) implements ProbeOutcome {}
}
