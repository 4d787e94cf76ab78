// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.history.Entry;

/** C4, and invariant I3: one node per epoch, whether it says that it is master or somebody was acknowledged by it. */
final class OneMaster implements Checker {
    private final Map<Long, String> masters = new HashMap<>();
    private final Findings findings = new Findings(Claim.C4);

    @Override
    public void read(Entry entry) {
        switch (entry) {
            case Entry.Acked acked -> {
                if (acked.epoch() != null) {
                    see(acked, acked.epoch(), acked.node());
                }
            }
            case Entry.NodeState state when state.role().equals(Entry.NodeState.MASTER) ->
                    see(state, state.epoch(), state.node());
            default -> { }
        }
    }

    private void see(Entry entry, long epoch, @Nullable String node) {
        if (node == null) {
            return;
        }
        String before = masters.putIfAbsent(epoch, node);
        if (before != null && !before.equals(node)) {
            findings.add("epoch " + epoch + " was the one of " + before + ", and " + node + " reigns in it", entry);
        }
    }

    @Override
    public List<Violation> violations() {
        return findings.all();
    }
}
