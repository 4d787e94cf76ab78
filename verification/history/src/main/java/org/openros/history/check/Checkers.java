// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.io.IOException;
import java.util.List;
import org.openros.history.Entry;
import org.openros.history.HistoryReader;

/**
 * All checkers over one history, entry by entry. Memory is by distinct version, insert and client, not by line. Not
 * safe for use by several threads.
 */
public final class Checkers {
    private final List<Checker> all;

    /** Checkers that have seen nothing. */
    public Checkers(Limits limits) {
        all = List.of(new InsertsKept(), new OneContent(), new CountersAddUp(), new OneMaster(), new EqualStates(),
                new NothingTakenBack(), new VersionsRise(limits), new AcknowledgedInTime(limits));
    }

    /** What is wrong with a history; empty if nothing. */
    public static List<Violation> check(Iterable<? extends Entry> history, Limits limits) {
        Checkers checkers = new Checkers(limits);
        history.forEach(checkers::read);
        return checkers.violations();
    }

    /**
     * What is wrong with a recorded history; empty if nothing.
     *
     * @throws IOException if it cannot be read, or is damaged
     */
    public static List<Violation> check(HistoryReader history, Limits limits) throws IOException {
        Checkers checkers = new Checkers(limits);
        for (Entry entry = history.read(); entry != null; entry = history.read()) {
            checkers.read(entry);
        }
        return checkers.violations();
    }

    /** The next entry of the history. */
    public void read(Entry entry) {
        all.forEach(checker -> checker.read(entry));
    }

    /** What is wrong, by claim in order; to be asked once, after the last entry. Of each claim at most 21 are told. */
    public List<Violation> violations() {
        return all.stream().flatMap(checker -> checker.violations().stream()).toList();
    }
}
