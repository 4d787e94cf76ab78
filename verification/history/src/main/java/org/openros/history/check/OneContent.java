// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.List;
import org.openros.history.Entry;

/** C2, and invariant I4: a version of a realm has one content and one salt, whoever downloads it and whenever. */
final class OneContent implements Checker {
    private final Versions versions = new Versions();
    private final Findings findings = new Findings(Claim.C2);

    @Override
    public void read(Entry entry) {
        switch (entry) {
            case Entry.Downloaded got ->
                    see(got, got.realm(), got.version(), new Versions.Content(got.salt(), got.content()));
            case Entry.FinalVersion last ->
                    see(last, last.realm(), last.version(), new Versions.Content(last.salt(), last.content()));
            default -> { }
        }
    }

    private void see(Entry entry, String realm, long version, Versions.Content content) {
        Versions.Content before = versions.see(realm, version, content);
        if (before != null && !before.equals(content)) {
            findings.add("version " + version + " of " + realm + " was " + before + " and is " + content, entry);
        }
    }

    @Override
    public List<Violation> violations() {
        return findings.all();
    }
}
