// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openros.history.Entry;

/**
 * C6: what any client downloaded is in the final history, and no client was acknowledged a version beyond it. Only
 * realms whose final history was recorded are judged.
 */
final class NothingTakenBack implements Checker {
    private final Map<String, Map<Long, Entry.Downloaded>> downloaded = new HashMap<>();
    private final Map<String, Entry.Acked> acked = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();
    private final Set<Version> kept = new HashSet<>();

    @Override
    public void read(Entry entry) {
        switch (entry) {
            case Entry.Downloaded got ->
                downloaded.computeIfAbsent(got.realm(), realm -> new HashMap<>()).putIfAbsent(got.version(), got);
            case Entry.Acked ack -> {
                if (ack.version() != null) {
                    acked.merge(ack.realm(), ack, NothingTakenBack::later);
                }
            }
            case Entry.FinalVersion version -> {
                kept.add(new Version(version.realm(), version.version()));
                last.merge(version.realm(), version.version(), Math::max);
            }
            default -> { }
        }
    }

    private static Entry.Acked later(Entry.Acked one, Entry.Acked other) {
        return version(one) < version(other) ? other : one;
    }

    private static long version(Entry.Acked ack) {
        return ack.version() == null ? 0 : ack.version();
    }

    @Override
    public List<Violation> violations() {
        Findings findings = new Findings(Claim.C6);
        last.forEach((realm, newest) -> {
            downloaded.getOrDefault(realm, Map.of()).forEach((version, got) -> {
                if (!kept.contains(new Version(realm, version))) {
                    findings.add("version " + version + " of " + realm + " was downloaded and is gone", got);
                }
            });
            Entry.Acked ack = acked.get(realm);
            if (ack != null && version(ack) > newest) {
                findings.add("version " + ack.version() + " of " + realm + " was acknowledged, the last one is "
                        + newest, ack);
            }
        });
        return findings.all();
    }

    private record Version(String realm, long version) {}
}
