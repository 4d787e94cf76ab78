// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.List;
import org.openros.history.Entry;

/**
 * A history does not show what it must.
 *
 * @param claim what is violated
 * @param why what is wrong, in a sentence
 * @param entries the entries that show it, as far as they are kept; may be empty
 */
public record Violation(Claim claim, String why, List<Entry> entries) {
    /** Copies the entries. */
    public Violation {
        entries = List.copyOf(entries);
    }

    Violation(Claim claim, String why, Entry... entries) {
        this(claim, why, List.of(entries));
    }

    @Override
    public String toString() {
        return claim + ": " + why + (entries.isEmpty() ? "" : " " + entries);
    }
}
