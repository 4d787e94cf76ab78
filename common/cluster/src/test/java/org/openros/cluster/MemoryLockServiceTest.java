// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

/** The contract for {@link EmbeddedLockService} in memory. */
class MemoryLockServiceTest extends EmbeddedContract {
    @Override
    LockService open(MonotonicClock time) {
        return new EmbeddedLockService(time);
    }
}
