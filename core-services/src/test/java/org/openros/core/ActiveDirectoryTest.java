// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.ApiClient.Reply;
import org.openros.core.directory.DirectoryElection;
import org.openros.core.metadata.MetadataTable;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances of core services, of which one makes the changes. */
class ActiveDirectoryTest {
    /** Less than the 15 s for which the session of an instance lives on that says nothing at its end. */
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private String admin() throws Exception {
        return new JsonMapper().readTree(Files.readString(folder.resolve("admin.json"))).path("ADMIN_TOKEN").asString();
    }

    private CoreServicesRunner start(CoreServicesRunner... beside) {
        String[] settings = {"--ros.apps=shop", "--ros.auth.admin-token-file=" + folder.resolve("admin.json")};
        return beside.length == 0
                ? CoreServicesRunner.start(folder.resolve("keys.json"), settings)
                : CoreServicesRunner.startBeside(beside[0], folder.resolve("keys.json"), settings);
    }

    private static boolean isActive(CoreServicesRunner core) {
        return core.bean(DirectoryElection.class).isActive();
    }

    @Test
    void onePathIsMadeOnceThroughWhicheverInstanceAndAnotherOneTakesOver() throws Exception {
        CoreServicesRunner one = start();
        Awaitility.await().until(() -> isActive(one));
        try (CoreServicesRunner other = start(one);
                ApiClient first = new ApiClient(one.url());
                ApiClient second = new ApiClient(other.url());
                ExecutorService threads = Executors.newFixedThreadPool(16)) {
            Awaitility.await().until(() -> other.bean(DirectoryElection.class).other() != null);
            assertThat(isActive(other)).isFalse();
            String admin = admin();
            List<Future<Reply>> replies = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                ApiClient client = i % 2 == 0 ? first : second;
                replies.add(threads.submit(() -> client.get("/realms/files/race%2Fone", admin)));
            }
            for (Future<Reply> reply : replies) {
                assertThat(reply.get().body()).isEqualTo(
                        "{\"path\":\"race/one\",\"exists\":true,\"realmType\":\"full\",\"syncLabel\":\"default\"}");
            }
            assertThat(one.store().count(MetadataTable.REALM)).isEqualTo(1);

            one.close();
            Awaitility.await().atMost(SOON).until(() -> isActive(other));
            assertThat(second.get("/realms/files/after", admin).status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsAskedForWhileTheActiveInstanceGoesIsDoneOnceBeforeItsSessionWouldEnd() throws Exception {
        CoreServicesRunner one = start();
        Awaitility.await().until(() -> isActive(one));
        try (CoreServicesRunner other = start(one);
                ApiClient client = new ApiClient(other.url());
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Awaitility.await().until(() -> other.bean(DirectoryElection.class).other() != null);
            String admin = admin();
            List<Future<Duration>> waits = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String path = "/realms/files/load%2F" + i % 200;
                waits.add(threads.submit(() -> untilDone(client, path, admin)));
            }
            waits.get(50).get();
            one.close();
            for (Future<Duration> wait : waits) {
                assertThat(wait.get()).isLessThan(SOON);
            }
            assertThat(isActive(other)).isTrue();
            assertThat(other.store().count(MetadataTable.REALM)).isEqualTo(200);
        }
    }

    @Test
    void aRequestWithAKeyIsDoneOnceThroughWhicheverInstance() throws Exception {
        try (CoreServicesRunner one = start();
                CoreServicesRunner other = start(one);
                ApiClient first = new ApiClient(one.url());
                ApiClient second = new ApiClient(other.url())) {
            String body = "{\"providerId\":\"once@example.com\",\"password\":\"a password\"}";
            Reply made = make(first, body);
            assertThat(made.status()).as(made.body()).isEqualTo(201);
            assertThat(make(second, body)).isEqualTo(made);
            Reply different = make(second, body.replace("once", "twice"));
            assertThat(different.status()).as(different.body()).isEqualTo(400);
        }
    }

    private Reply make(ApiClient client, String body) throws Exception {
        return client.send("POST", "/admin/v1/users?appId=shop", admin(), body, "Idempotency-Key", "key-1");
    }

    private static Duration untilDone(ApiClient client, String path, String admin) {
        long start = System.nanoTime();
        int status = client.get(path, admin).status();
        while (status == 503) {
            status = client.get(path, admin).status();
        }
        assertThat(status).isEqualTo(200);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
