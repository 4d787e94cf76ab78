// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.List;
import org.openros.history.Entry;

/** Looks at a history entry by entry, and keeps what it needs for its claim. */
interface Checker {
    /** The next entry. */
    void read(Entry entry);

    /** What is wrong, after the last entry. */
    List<Violation> violations();
}
