// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.operator;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What of a worker's status of its group is shown for each node.
 *
 * @param role lower case: {@code starting}, {@code refused}, {@code joining}, {@code spare}, {@code backup},
 *     {@code promoting}, {@code master}, {@code leaving}, {@code quarantined}
 * @param epoch of the master it follows or is
 * @param committed sequence number of the last entry it knows to be committed
 * @param last sequence number of the last entry on its disk
 * @param lag entries of the group's log that it does not have yet; null if it does not know
 */
public record NodeStatus(
        @Nullable String role,
        @Nullable Long epoch,
        @Nullable Long committed,
        @Nullable Long last,
        @Nullable Long lag) {
    /** Nothing is known. */
    public static final NodeStatus UNKNOWN = new NodeStatus(null, null, null, null, null);

    /** Reads the answer of a worker. */
    public static NodeStatus of(JsonNode status) {
        String role = status.path("role").asString("").toLowerCase(Locale.ROOT);
        return new NodeStatus(
                role.isEmpty() ? null : role,
                number(status.path("epoch")),
                number(status.path("committed")),
                number(status.path("last").path("seq")),
                number(status.path("lag")));
    }

    private static @Nullable Long number(JsonNode node) {
        return node.isNumber() ? node.longValue() : null;
    }
}
