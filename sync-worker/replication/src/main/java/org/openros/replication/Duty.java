// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

/** What a node is busy with, with all that belongs to it only. Changed in place within one step, on a copy. */
sealed interface Duty permits Follow, Candidacy, Reign, Leave {
    Duty copy();
}
