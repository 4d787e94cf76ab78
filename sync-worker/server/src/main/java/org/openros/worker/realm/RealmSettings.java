// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.time.Duration;

/**
 * Limits of every realm.
 *
 * @param downloadBytes a DOWNLOAD ends once its changesets exceed this size; at least one changeset is always sent
 * @param uploadBytes largest inflated size of one upload message
 * @param uncommittedBytes a realm with more on its way to the disk takes no further uploads until some of it arrived
 * @param commitsInFlight write sets of one realm under way at the same time
 * @param idle a realm that was not used for so long gives back its memory
 * @param identGrace how long an identifier may stay bound by another session of the same connection
 */
public record RealmSettings(
        int downloadBytes,
        int uploadBytes,
        long uncommittedBytes,
        int commitsInFlight,
        Duration idle,
        Duration identGrace) {
    /** The limits that fit most servers. */
    public static final RealmSettings DEFAULT = new RealmSettings(
            1 << 20, 64 << 20, 16L << 20, 2, Duration.ofSeconds(10), Duration.ofSeconds(2));
}
