// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the protocol version from the offers in {@code Sec-WebSocket-Protocol} (sync protocol, section 1.3).
 *
 * @param oldest the lowest version that the server speaks
 * @param newest the highest
 */
public record SubprotocolNegotiation(int oldest, int newest) {
    /** All versions of partition-based sync that released clients list, 2 to 14. */
    public static final SubprotocolNegotiation DEFAULT = new SubprotocolNegotiation(2, 14);

    private static final List<String> PARTITION_PREFIXES =
            List.of("com.mongodb.realm-sync#", "com.mongodb.realm-sync/");
    private static final List<String> FLEXIBLE_PREFIXES =
            List.of("com.mongodb.realm-query-sync#", "com.mongodb.realm-query-sync/");

    /** What the server answers. */
    public sealed interface Outcome {}

    /**
     * The client is served.
     *
     * @param token the value of {@code Sec-WebSocket-Protocol} in the response, in the client's own spelling
     */
    public record Accepted(String token, int version) implements Outcome {}

    /**
     * Only flexible sync is offered: complete the handshake with the token, then send
     * {@link SyncError#WRONG_SYNC_TYPE}, which says most clearly what is wrong; below version 4 answer status 400.
     */
    public record FlexibleSync(String token, int version) implements Outcome {}

    /**
     * Status 400.
     *
     * @param body the text of the response; some clients recognise it
     */
    public record Refused(String body) implements Outcome {}

    private record Range(int from, int to) {}

    /** Negotiates; the values of repeated headers in their order, or none. */
    public Outcome negotiate(List<String> headerValues) {
        Offers partition = new Offers(PARTITION_PREFIXES);
        Offers flexible = new Offers(FLEXIBLE_PREFIXES);
        for (String value : headerValues) {
            for (String element : value.split(",", -1)) {
                if (!partition.add(element.strip()) || !flexible.add(element.strip())) {
                    return new Refused("malformed Sec-WebSocket-Protocol");
                }
            }
        }
        if (partition.best != null) {
            return new Accepted(partition.best, partition.bestVersion);
        }
        if (partition.offered) {
            String reason = partition.newer ? "CLIENT_TOO_NEW" : "CLIENT_TOO_OLD";
            return new Refused("REALM_SYNC_PROTOCOL_MISMATCH:" + reason);
        }
        return flexible.best != null
                ? new FlexibleSync(flexible.best, flexible.bestVersion)
                : new Refused("no known subprotocol in Sec-WebSocket-Protocol");
    }

    /** The offers of one kind of sync. */
    private final class Offers {
        private final List<String> prefixes;
        private @Nullable String best;
        private int bestVersion;
        private boolean offered;
        private boolean newer;

        Offers(List<String> prefixes) {
            this.prefixes = prefixes;
        }

        /** Takes an element of the list; false if it is an offer of this kind and malformed. */
        boolean add(String element) {
            for (String prefix : prefixes) {
                if (element.startsWith(prefix)) {
                    Range range = range(element.substring(prefix.length()));
                    return range != null && add(prefix, range);
                }
            }
            return true;
        }

        private boolean add(String prefix, Range range) {
            offered = true;
            newer |= range.from > newest;
            int candidate = Math.min(range.to, newest);
            if (candidate >= Math.max(range.from, oldest) && candidate > bestVersion) {
                best = prefix + candidate;
                bestVersion = candidate;
            }
            return true;
        }
    }

    private static @Nullable Range range(String spec) {
        int dash = spec.indexOf('-');
        int from = version(dash < 0 ? spec : spec.substring(0, dash));
        int to = dash < 0 ? from : version(spec.substring(dash + 1));
        return from < 0 || to < from ? null : new Range(from, to);
    }

    /** A version, large ones as the largest integer; -1 if the text is not one. */
    private static int version(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }
}
