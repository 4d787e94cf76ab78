// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.cluster.LockService.Operation.Lock;
import org.openros.cluster.LockService.Operation.Put;
import org.openros.cluster.LockService.Outcome.Done;
import org.openros.cluster.LockService.Value;
import org.openros.cluster.LockServiceException;
import org.openros.consul.local.LocalConsul;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ConsulFailoverTest {
    private static final Duration TTL = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void sessionsLocksAndWatchesGoOnWhenTheLeaderOfConsulDies() throws IOException, LockServiceException {
        try (RealConsul consul = RealConsul.start(folder, 3, 2, Map.of())) {
            ConsulLockService locks = consul.client(consul.agents.get(0));
            List<List<Value>> reports = new CopyOnWriteArrayList<>();
            consul.client(consul.agents.get(1)).watch("leader", reports::add);
            String session = locks.openSession("test", TTL);
            locks.transact(List.of(new Lock("leader", bytes("before"), session)));

            leader(consul).kill();
            await().atMost(PATIENCE)
                    .ignoreException(LockServiceException.class)
                    .until(() -> locks.transact(List.of(new Put("leader", bytes("after")))) instanceof Done);

            assertThat(locks.renewSession(session)).isTrue();
            assertThat(requireNonNull(locks.get("leader")).session()).isEqualTo(session);
            await().atMost(PATIENCE).until(() -> content(reports).equals("after"));
            assertThat(reports).filteredOn(List::isEmpty).as("reports of nothing in %s", reports)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void sessionDiesWithItsAgentAndComesBackNowhere() throws IOException, LockServiceException {
        try (RealConsul consul = RealConsul.start(folder, 1, 2, Map.of())) {
            ConsulLockService doomed = consul.client(consul.agents.get(0));
            ConsulLockService other = consul.client(consul.agents.get(1));
            String session = doomed.openSession("test", Duration.ofMinutes(10));
            doomed.transact(List.of(new Lock("leader", bytes("x"), session)));

            consul.agents.get(0).kill();

            await().atMost(PATIENCE).until(() -> requireNonNull(other.get("leader")).session() == null);
            assertThat(other.renewSession(session)).isFalse();
        }
    }

    private static String content(List<List<Value>> reports) {
        List<Value> last = reports.getLast();
        return last.isEmpty() ? "" : new String(last.getFirst().content(), UTF_8);
    }

    private static LocalConsul leader(RealConsul consul) throws IOException {
        for (LocalConsul server : consul.servers) {
            if (server.isLeader()) {
                return server;
            }
        }
        throw new AssertionError("no server says that it leads");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
