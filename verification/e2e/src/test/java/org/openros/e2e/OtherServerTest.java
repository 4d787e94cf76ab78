// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.e2e.server.AdminClient;
import org.openros.e2e.server.Folders;
import org.openros.e2e.server.ServerProcess;
import org.openros.stock.ClientApp;
import org.openros.stock.ClientReset;
import org.openros.stock.SyncedRealm;
import org.openros.stock.User;

import static org.assertj.core.api.Assertions.assertThat;

/** What the page on migrating says of a stock client that comes with the files of another server. */
class OtherServerTest {
    private static final String ADDRESS = "ann@example.com";
    private static final String REALM = "moved";

    @RegisterExtension
    final Devices devices = new Devices();

    private ServerProcess server;

    @BeforeEach
    void start() {
        server = ServerProcess.start(devices.folder("server").resolve("data"), List.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void put(SyncedRealm realm, String id) {
        realm.write(view -> view.findOrCreate("Item", id));
    }

    private static boolean has(SyncedRealm realm, String id) {
        return realm.objects("Item").containsKey(id);
    }

    private static void order(AdminClient admin, String method, String path, String body) {
        HttpResponse<String> answer = admin.send(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** Another server at the same address, which knows the user by its old id. */
    private void replaceServer(String userId) {
        server.stop();
        Folders.delete(server.data());
        server.start();
        AdminClient admin = new AdminClient(server, Devices.APP);
        order(admin, "PUT", "/auth/users", """
                {"provider": "password", "provider_id": "%s", "user_id": "%s"}""".formatted(ADDRESS, userId));
        order(admin, "PUT", "/auth/password", """
                {"user_id": "%s", "data": {"new_password": "of the new server"}}""".formatted(userId));
    }

    @Test
    void aFileOfAnotherServerIsResetAndWhatWasNotUploadedIsApplied() {
        ClientApp app = devices.install(server.url());
        app.register(ADDRESS, "of the old server");
        User ann = app.logIn(ADDRESS, "of the old server");
        SyncedRealm realm = ann.open(REALM, ClientReset.RECOVER_OR_DISCARD);
        put(realm, "uploaded");
        realm.upload();
        realm.goOffline();
        put(realm, "not uploaded");

        replaceServer(ann.id());
        User again = app.logIn(ADDRESS, "of the new server");
        assertThat(again.id()).isEqualTo(ann.id());
        realm.goOnline();
        SyncedRealm other = devices.realm(server.url(), REALM);
        Awaitility.await("what was not uploaded")
                .atMost(Duration.ofSeconds(30))
                .until(() -> other.objects("Item").containsKey("not uploaded"));
        assertThat(has(other, "uploaded")).isFalse();
        Awaitility.await("the reset").atMost(Duration.ofSeconds(10)).until(() -> !has(realm, "uploaded"));
        assertThat(has(realm, "not uploaded")).isTrue();
        assertThat(realm.events()).allMatch(event -> event.startsWith("reset"));
    }
}
