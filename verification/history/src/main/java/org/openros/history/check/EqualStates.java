// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openros.history.Entry;
import org.openros.history.Holder;

/** C5: after quiescence the states of all nodes are equal, and those of all clients. */
final class EqualStates implements Checker {
    private final Map<Compared, Entry.FinalState> first = new HashMap<>();
    private final Findings findings = new Findings(Claim.C5);

    @Override
    public void read(Entry entry) {
        if (entry instanceof Entry.FinalState state) {
            Entry.FinalState other = first.putIfAbsent(new Compared(state.holder().kind(), state.realm()), state);
            if (other != null && !other.hash().equals(state.hash())) {
                findings.add(state.holder() + " and " + other.holder() + " differ in " + state.realm(), other, state);
            }
        }
    }

    @Override
    public List<Violation> violations() {
        return findings.all();
    }

    private record Compared(Holder.Kind kind, String realm) {}
}
