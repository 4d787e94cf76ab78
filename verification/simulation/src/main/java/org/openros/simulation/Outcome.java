// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.List;
import org.openros.history.Entry;
import org.openros.history.check.Violation;

/**
 * What a run showed.
 *
 * @param seed it was made from
 * @param history what clients, nodes and faults did
 * @param violations what the checkers say of the history
 * @param broken invariants that did not hold while it ran, and what did not come back in time
 * @param timeline for people; empty unless it was asked for
 */
public record Outcome(long seed, List<Entry> history, List<Violation> violations, List<String> broken,
        List<String> timeline) {
    /** Whether nothing was wrong. */
    public boolean isGood() {
        return violations.isEmpty() && broken.isEmpty();
    }
}
