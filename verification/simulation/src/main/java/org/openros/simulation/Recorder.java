// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.openros.history.Entry;

/** Keeps the history of a run, what was found wrong while it ran, and a timeline for people if one is asked for. */
final class Recorder {
    private static final Pattern SMALL_UUID = Pattern.compile("00000000-0000-0*([0-9a-f]+)-0000-0*([0-9a-f]+)");
    private static final Pattern BYTES = Pattern.compile("payload=\\[B@[0-9a-f]+");
    private static final Pattern HASH = Pattern.compile("hash=([0-9a-f]{6})[0-9a-f]{26}");

    private final Agenda agenda;
    private final boolean telling;
    final List<Entry> history = new ArrayList<>();
    final List<String> timeline = new ArrayList<>();
    final List<String> broken = new ArrayList<>();

    Recorder(Agenda agenda, boolean telling) {
        this.agenda = agenda;
        this.telling = telling;
    }

    void add(Entry entry) {
        history.add(entry);
        if (!(entry instanceof Entry.NodeState) && !(entry instanceof Entry.FinalVersion)
                && !(entry instanceof Entry.FinalContent)) {
            say("history", () -> entry.toString());
        }
    }

    /** A line of the timeline; made only if somebody wants to read it. */
    void say(String who, Supplier<String> what) {
        if (telling) {
            timeline.add(String.format(Locale.ROOT, "%12.3f ms %-8s %s", agenda.now() / 1e6, who,
                    readable(what.get())));
        }
    }

    /** Identifiers of a simulation are small numbers, and bytes are not for people. */
    private static String readable(String text) {
        String small = SMALL_UUID.matcher(text).replaceAll("$1-$2");
        return HASH.matcher(BYTES.matcher(small).replaceAll("payload")).replaceAll("hash=$1");
    }

    void broken(String invariant, String why) {
        say("BROKEN", () -> invariant + ": " + why);
        broken.add(invariant + ": " + why);
    }
}
