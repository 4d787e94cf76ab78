// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openros.history.Entry;

/**
 * C7: versions never go back for a client, neither downloaded nor acknowledged ones, and none is told to reset its
 * file.
 */
final class VersionsRise implements Checker {
    private final boolean resets;
    private final Map<Author, Entry.Downloaded> downloaded = new HashMap<>();
    private final Map<Author, Entry.Acked> acked = new HashMap<>();
    private final Findings findings = new Findings(Claim.C7);

    VersionsRise(Limits limits) {
        resets = limits.resets();
    }

    @Override
    public void read(Entry entry) {
        switch (entry) {
            case Entry.Downloaded got -> {
                Entry.Downloaded before = downloaded.put(new Author(got.client(), got.realm()), got);
                if (before != null && before.version() >= got.version()) {
                    findings.add("a client received a version that is not newer than what it has", before, got);
                }
            }
            case Entry.Acked ack when ack.version() != null -> acked(ack, ack.version());
            case Entry.Reset reset when !resets -> findings.add("a client was told to reset its file", reset);
            default -> { }
        }
    }

    private void acked(Entry.Acked ack, long version) {
        Entry.Acked before = acked.put(new Author(ack.client(), ack.realm()), ack);
        if (before != null && before.version() != null && before.version() > version
                && ack.change() > before.change()) {
            findings.add("a later change was acknowledged with an earlier version", before, ack);
        }
    }

    @Override
    public List<Violation> violations() {
        return findings.all();
    }
}
