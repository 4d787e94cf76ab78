// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.e2e.server.Folders;
import org.openros.e2e.server.ServerProcess;
import org.openros.stock.ClientApp;
import org.openros.stock.ClientReset;
import org.openros.stock.SyncedRealm;
import org.openros.stock.User;

import static org.assertj.core.api.Assertions.assertThat;

/** What clients see when the server stops, dies, or comes back with an older state. */
class RestartTest {
    private static final int WRITERS = 4;
    private static final int KILLS = 3;

    @RegisterExtension
    final Devices devices = new Devices();

    @Test
    void killedServerKeepsEveryAcknowledgedWriteAndClientsGoOnAlone() {
        long seed = Long.getLong("e2e.seed", 1);
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(devices.folder("server").resolve("data"))) {
            List<SyncedRealm> writers = devices.realms(WRITERS, server.url(), "killed");
            for (int kill = 0; kill < KILLS; kill++) {
                String prefix = "kill " + kill + " item ";
                writeWithAck(writers, prefix, 1 + random.nextInt(20), acknowledged);
                writeUnawaited(writers, prefix, 1 + random.nextInt(200));
                server.kill();
                server.start();
                SyncedRealm fresh = devices.realm(server.url(), "killed");
                fresh.download();
                assertThat(fresh.objects("Item").keySet()).as("seed %d, kill %d", seed, kill).containsAll(acknowledged);
            }
            writers.add(devices.realm(server.url(), "killed"));
            Convergence.assertSame("seed " + seed, writers);
        }
    }

    private static void writeWithAck(List<SyncedRealm> writers, String prefix, int count, List<String> acknowledged) {
        for (int i = 0; i < count; i++) {
            List<String> written = new ArrayList<>();
            for (int writer = 0; writer < writers.size(); writer++) {
                String id = prefix + i + " of " + writer;
                writers.get(writer).write(realm -> realm.findOrCreate("Item", id));
                written.add(id);
            }
            writers.forEach(SyncedRealm::upload);
            acknowledged.addAll(written);
        }
    }

    private static void writeUnawaited(List<SyncedRealm> writers, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            String id = prefix + "unawaited " + i;
            writers.get(i % writers.size()).write(realm -> realm.findOrCreate("Item", id));
        }
    }

    @Test
    void stoppedServerContinuesWhereItWas() {
        try (ServerProcess server = ServerProcess.start(devices.folder("server").resolve("data"))) {
            ClientApp app = devices.install(server.url());
            app.register("stay@example.com", "correct horse");
            SyncedRealm realm = app.logIn("stay@example.com", "correct horse").open("stopped");
            realm.write(view -> view.findOrCreate("Item", "before"));
            realm.upload();

            server.stop();
            realm.write(view -> view.findOrCreate("Item", "meanwhile"));
            server.start();

            User again = devices.install(server.url()).logIn("stay@example.com", "correct horse");
            SyncedRealm other = again.open("stopped");
            Convergence.assertSame("stopped", List.of(realm, other));
            assertThat(other.objects("Item")).containsOnlyKeys("before", "meanwhile");
        }
    }

    @Test
    void restoredBackupResetsClientsWhichRecoverWhatTheyHadNotUploaded() {
        try (ServerProcess server = ServerProcess.start(devices.folder("server").resolve("data"))) {
            SyncedRealm recovering = devices.realm(server.url(), "restored");
            SyncedRealm manual = devices.install(server.url()).logInAnonymously().open("restored", ClientReset.MANUAL);
            recovering.write(view -> view.findOrCreate("Item", "in the backup"));
            Convergence.assertSame("before", List.of(recovering, manual));

            Path backup = backUp(server);
            recovering.write(view -> view.findOrCreate("Item", "after the backup"));
            Convergence.assertSame("after", List.of(recovering, manual));
            server.stop();
            recovering.write(view -> view.findOrCreate("Item", "not uploaded"));
            Folders.delete(server.data());
            Folders.copy(backup, server.data());
            server.start();

            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(recovering.events()).contains("reset done, local changes recovered");
                assertThat(manual.events()).anyMatch(event -> event.startsWith("reset demanded"));
            });
            SyncedRealm fresh = devices.realm(server.url(), "restored");
            recovering.upload();
            fresh.download();
            assertThat(recovering.content()).isEqualTo(fresh.content());
            assertThat(fresh.objects("Item")).containsOnlyKeys("in the backup", "not uploaded");
        }
    }

    private static Path backUp(ServerProcess server) {
        server.stop();
        Path backup = server.data().resolveSibling("backup");
        Folders.copy(server.data(), backup);
        server.start();
        return backup;
    }
}
