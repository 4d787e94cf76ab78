// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import org.jspecify.annotations.Nullable;

/** Tells whether the lock service answers. Thread-safe, never blocks. */
@FunctionalInterface
public interface LockServiceHealth {
    /** What went wrong with the last call, in words for operators; null if nothing did. */
    @Nullable String problem();
}
