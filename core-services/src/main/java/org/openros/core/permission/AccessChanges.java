// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.openros.core.metadata.StoreUnavailableException;

/**
 * The newest access changes as far as this process knows. It reads the list often, so that neither gateways nor
 * look-ups of rights have to. Thread-safe.
 */
public final class AccessChanges {
    /**
     * How many changes are remembered here, more than the store keeps: what was read before the oldest of them counts
     * as outdated, and an outage of the store could not be bridged with it.
     */
    static final int REMEMBERED = 50_000;

    /** How many changes are told at a time. */
    static final int PAGE = AccessFeed.KEPT;

    private final NavigableMap<Long, AccessChange> kept = new TreeMap<>();
    private final Map<AccessChange, Long> newest = new HashMap<>();
    private long last;

    /** All changes behind this number are kept. */
    private long floor;

    /**
     * What has happened.
     *
     * @param last number of the newest change; 0 if none is known
     * @param complete false if older changes have been forgotten
     * @param changes oldest first; if there are more, ask for them behind the last of these
     */
    public record Page(long last, boolean complete, List<AccessChange.Numbered> changes) {}

    /** The number of the newest change that is known; 0 if none is. */
    public synchronized long last() {
        return last;
    }

    /** The changes behind a number. */
    public synchronized Page after(long number) {
        List<AccessChange.Numbered> changes = kept.tailMap(number, false).entrySet().stream()
                .limit(PAGE)
                .map(change -> new AccessChange.Numbered(change.getKey(), change.getValue()))
                .toList();
        return new Page(last, number >= floor, changes);
    }

    /** Whether what was read when the newest change had this number may no longer be so. */
    public synchronized boolean mayHaveChanged(AccessChange subject, long number) {
        return number < floor || newest.getOrDefault(subject, 0L) > number;
    }

    /**
     * Reads what is new.
     *
     * @throws StoreUnavailableException if nobody can say now
     */
    void refresh(AccessFeed feed) {
        long end = feed.last();
        long known = last();
        if (end > known) {
            take(feed.after(Math.max(known, end - AccessFeed.KEPT)));
        }
    }

    private synchronized void take(List<AccessChange.Numbered> read) {
        for (AccessChange.Numbered change : read) {
            if (change.number() > last) {
                if (change.number() > last + 1) {
                    clear(change.number() - 1);
                }
                add(change);
            }
        }
    }

    private void clear(long before) {
        kept.clear();
        newest.clear();
        floor = before;
    }

    private void add(AccessChange.Numbered change) {
        kept.put(change.number(), change.change());
        newest.put(change.change(), change.number());
        last = change.number();
        if (kept.size() > REMEMBERED) {
            Map.Entry<Long, AccessChange> oldest = kept.pollFirstEntry();
            newest.remove(oldest.getValue(), oldest.getKey());
            floor = oldest.getKey();
        }
    }
}
