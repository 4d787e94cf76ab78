// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract for a service in this process, whose clock the test moves. */
abstract class EmbeddedContract extends LockServiceContract {
    private final ManualClock clock = new ManualClock();
    private LockService locks;

    abstract LockService open(MonotonicClock time) throws LockServiceException;

    @BeforeEach
    void open() throws LockServiceException {
        locks = open(clock);
    }

    @AfterEach
    void close() {
        locks.close();
    }

    @Override
    protected LockService locks() {
        return locks;
    }

    @Override
    protected LockService elsewhere() {
        return locks;
    }

    @Override
    protected Duration ttl() {
        return Duration.ofMillis(300);
    }

    @Override
    protected void pass(Duration time) {
        clock.advance(time);
    }
}
