// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.e2e.server.Folders;
import org.openros.stock.ClientApp;
import org.openros.stock.ClientReset;
import org.openros.stock.SyncedRealm;
import org.openros.stock.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.e2e.Items.has;
import static org.openros.e2e.Items.put;

/** What the page on migrating says of a stock client that comes with the files of another server. */
class OtherServerTest {
    private static final String ADDRESS = "ann@example.com";
    private static final String REALM = "moved";

    @RegisterExtension
    final Devices devices = new Devices();

    @RegisterExtension
    final OwnServer server = new OwnServer();

    /** Another server at the same address, which knows the user by its old id. */
    private void replaceServer(String userId) {
        server.process().stop();
        Folders.delete(server.process().data());
        server.process().start();
        server.order("PUT", "/auth/users", """
                {"provider": "password", "provider_id": "%s", "user_id": "%s"}""".formatted(ADDRESS, userId));
        server.order("PUT", "/auth/password", """
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
