// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import org.openros.storage.commit.CommitLimits;

/** Options that make stores small and let segments change often. */
final class SmallStores {
    private static final CommitLimits LIMITS = new CommitLimits(10_000, 16 << 20, 200, 16 << 10);

    static final StorageOptions OPTIONS = within(LIMITS);

    static final StorageOptions IN_GROUP = OPTIONS.inGroup(64 << 10, 512 << 10);

    private SmallStores() {}

    static StorageOptions within(CommitLimits limits) {
        return new StorageOptions(limits, 64 << 10, 256 << 10, 1 << 20, 1 << 20, 1 << 20, 64 << 10, 0, false);
    }
}
