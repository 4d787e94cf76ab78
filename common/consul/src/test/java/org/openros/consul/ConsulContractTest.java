// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.openros.cluster.LockService;
import org.openros.cluster.LockServiceContract;

/** The contract for Consul, with one agent for each of two nodes. */
class ConsulContractTest extends LockServiceContract {
    @TempDir
    static Path folder;

    private static @Nullable RealConsul consul;
    private static LockService locks;
    private static LockService elsewhere;

    @BeforeAll
    static void start() throws IOException {
        RealConsul started = RealConsul.start(folder, 1, 2, Map.of("session_ttl_min", "1s"));
        consul = started;
        locks = started.client(started.agents.get(0));
        elsewhere = started.client(started.agents.get(1));
    }

    @AfterAll
    static void stop() {
        if (consul != null) {
            consul.close();
        }
    }

    @Override
    protected LockService locks() {
        return locks;
    }

    @Override
    protected LockService elsewhere() {
        return elsewhere;
    }

    @Override
    protected Duration ttl() {
        return Duration.ofSeconds(1);
    }

    /** Consul's time passes by itself. */
    @Override
    protected void pass(Duration time) {}
}
