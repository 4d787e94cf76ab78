// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Those who wait for changes of one realm. Used in the realm's actor only. */
final class HistoryWatches {
    private final Set<HistoryWatch> waiting = new HashSet<>();

    /** Tells one what there is, now or later. */
    void add(HistoryWatch watch, History history) {
        if (!watch.serve(history)) {
            waiting.add(watch);
        }
    }

    /** Tells those for whom there is something now. */
    void serve(History history) {
        waiting.removeIf(watch -> watch.serve(history));
    }

    void forget(HistoryWatch watch) {
        waiting.remove(watch);
        watch.cancel();
    }

    /** Tells all that they will hear nothing more here. */
    void end(String reason) {
        List<HistoryWatch> told = List.copyOf(waiting);
        waiting.clear();
        told.forEach(watch -> watch.end(new HistoryNews.Unavailable(reason)));
    }
}
