// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.openros.cluster.LockService;
import org.openros.cluster.LockServiceContract;

import static java.util.Objects.requireNonNull;

/** The contract for Consul, with one agent for each of two nodes. */
class ConsulContractTest extends LockServiceContract {
    @TempDir
    static Path folder;

    private static @Nullable RealConsul consul;
    private static @Nullable LockService locks;
    private static @Nullable LockService elsewhere;

    @BeforeEach
    void start() throws IOException {
        if (consul != null) {
            return;
        }
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
        return requireNonNull(locks);
    }

    @Override
    protected LockService elsewhere() {
        return requireNonNull(elsewhere);
    }

    @Override
    protected Duration ttl() {
        return Duration.ofSeconds(1);
    }

    /** Consul's time passes by itself. */
    @Override
    protected void pass(Duration time) {}
}
