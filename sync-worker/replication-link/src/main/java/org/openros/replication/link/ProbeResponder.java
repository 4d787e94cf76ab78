// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import org.openros.domain.NodeId;
import org.openros.replication.frame.ProbeOutcome;

/** Says what a node is, to another one that asks. Thread-safe. */
@FunctionalInterface
public interface ProbeResponder {
    /**
     * The answer of this moment. Called on threads of the link; must not block.
     *
     * @param about the node of which the caller wants to know how this one sees it
     */
    ProbeOutcome.Answered answer(NodeId about);
}
