// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.ArrayList;
import java.util.List;
import org.openros.history.Entry;

/** The violations of one claim, bounded: a broken run breaks it many times. */
final class Findings {
    private static final int MOST = 20;

    private final Claim claim;
    private final List<Violation> found = new ArrayList<>();
    private long more;

    Findings(Claim claim) {
        this.claim = claim;
    }

    void add(String why, Entry... entries) {
        if (found.size() < MOST) {
            found.add(new Violation(claim, why, entries));
        } else {
            more++;
        }
    }

    List<Violation> all() {
        List<Violation> all = new ArrayList<>(found);
        if (more > 0) {
            all.add(new Violation(claim, "and " + more + " more of this kind"));
        }
        return all;
    }
}
