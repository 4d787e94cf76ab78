// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How large a realm is.
 *
 * @param versions the length of its history
 * @param historyBytes of all changesets of the history
 * @param storedBytes about what history, objects and client files take on each worker of the group
 * @param lastChange of the newest version, by the clock of the device that made it; null if there is none
 */
public record RealmSize(long versions, long historyBytes, long storedBytes, @Nullable Instant lastChange) {}
