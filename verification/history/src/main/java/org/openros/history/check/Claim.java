// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

/** What a checker checks (group protocol, "Checkers over recorded histories"). */
public enum Claim {
    /** Every acknowledged insert exists at the end with every holder. */
    C1,
    /** A version of a realm has one content and one salt. */
    C2,
    /** A counter is the sum of the acknowledged increments and some of those whose fate is unknown. */
    C3,
    /** One node per epoch, and acknowledgements only from it. */
    C4,
    /** After quiescence the states of all nodes are equal, and those of all clients. */
    C5,
    /** What a client downloaded or was acknowledged is in the final history. */
    C6,
    /** Versions never go back for a client, and none has to reset its file. */
    C7,
    /** With one node down at most, and a lock service, uploads are acknowledged within the limit. */
    C8
}
