// SPDX-License-Identifier: Apache-2.0
package org.openros.core.livesession;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;

/**
 * The open sessions of all gateways. Nothing is remembered here: each question goes to the gateways. Thread-safe;
 * blocks.
 */
public final class LiveSessions {
    private final Supplier<List<URI>> gateways;
    private final GatewayCalls calls;

    LiveSessions(Supplier<List<URI>> gateways, GatewayCalls calls) {
        this.gateways = gateways;
        this.calls = calls;
    }

    /**
     * A part of the list.
     *
     * @param last the last session of the part if there may be more behind it, else null
     * @param unreachable gateways that did not answer, whose sessions are missing
     */
    public record Part(List<LiveSession> sessions, @Nullable LiveSession last, List<URI> unreachable) {}

    /** What became of the end of a session. */
    public enum Ending {
        /** It ends. */
        ENDED,

        /** There is none. */
        NONE,

        /** Its gateway does not answer. */
        UNKNOWN
    }

    /**
     * Sessions by gateway, oldest first.
     *
     * @param path of a realm; null for all
     * @param userId null for all
     * @param gateway of the session to go on behind; null to start
     * @param number of that session
     */
    public Part list(
            @Nullable RealmPath path, @Nullable String userId, @Nullable URI gateway, long number, int limit) {
        List<LiveSession> found = new ArrayList<>();
        List<URI> unreachable = new ArrayList<>();
        for (URI each : known()) {
            int order = gateway == null ? 1 : each.compareTo(gateway);
            if (order < 0) {
                continue;
            }
            List<LiveSession> part =
                    calls.list(each, path, userId, order == 0 ? number : 0, limit - found.size());
            if (part == null) {
                unreachable.add(each);
            } else {
                found.addAll(part);
            }
            if (found.size() >= limit) {
                return new Part(found, found.getLast(), unreachable);
            }
        }
        return new Part(found, null, unreachable);
    }

    private List<URI> known() {
        return gateways.get().stream().sorted().distinct().toList();
    }

    /** Ends a session; its client comes back in a second, if it may. */
    public Ending end(URI gateway, long number) {
        if (!known().contains(gateway)) {
            return Ending.NONE;
        }
        return switch (calls.end(gateway, number)) {
            case 204 -> Ending.ENDED;
            case 404 -> Ending.NONE;
            default -> Ending.UNKNOWN;
        };
    }
}
