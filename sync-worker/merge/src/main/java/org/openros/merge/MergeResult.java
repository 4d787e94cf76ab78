// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.List;
import org.openros.changeset.Changeset;

/**
 * What two sides became when they met.
 *
 * @param local the local changesets as they would have to be applied after the incoming ones, in order
 * @param incoming the incoming changesets as they must be applied after the local ones, in order
 * @param pairSteps how many pairs of instructions were compared
 */
public record MergeResult(List<Merged> local, List<Merged> incoming, long pairSteps) {
    /**
     * One changeset after merging.
     *
     * @param changeset the new form; the same object as before if not changed
     * @param changed whether it differs from the form before
     */
    public record Merged(Changeset changeset, boolean changed) {}
}
