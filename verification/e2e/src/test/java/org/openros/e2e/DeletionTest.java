// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.stock.ClientReset;
import org.openros.stock.SyncedRealm;
import org.openros.stock.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.e2e.Items.put;

/** What stock clients make of a realm that is deleted while they use it, and of another one in its place. */
class DeletionTest {
    private static final String NEWS = "news";

    /** Within this time a deletion ends the sessions that are open. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @RegisterExtension
    final Devices devices = new Devices();

    @RegisterExtension
    final OwnServer server = new OwnServer();

    private void purge() {
        server.order("POST", "/realms/trash/purge", "{\"id\":\"" + server.trashed() + "\"}");
    }

    private SyncedRealm deletedUnder(User user, ClientReset reset) {
        SyncedRealm realm = user.open(NEWS, reset);
        put(realm, "old");
        realm.upload();
        server.order("DELETE", "/realms/files/" + NEWS, "");
        Awaitility.await("the app hears of the deletion")
                .atMost(LIMIT)
                .until(() -> realm.events().stream().anyMatch(event -> event.contains("reset")));
        return realm;
    }

    @Test
    void appIsAskedToResetAndItsOtherRealmsGoOn() {
        User user = devices.install(server.url()).logInAnonymously();
        SyncedRealm deleted = deletedUnder(user, ClientReset.MANUAL);
        assertThat(deleted.events()).first().asString().startsWith("reset demanded");
        assertThat(deleted.objects("Item")).containsOnlyKeys("old");
        purge();
        SyncedRealm other = user.open("other");
        put(other, "still here");
        other.upload();
        assertThat(other.events()).isEmpty();
    }

    @Test
    void appThatResetsByItselfKeepsItsFileAndItsOtherRealmsGoOn() {
        User user = devices.install(server.url()).logInAnonymously();
        SyncedRealm deleted = deletedUnder(user, ClientReset.RECOVER);
        purge();
        assertThat(deleted.objects("Item")).containsOnlyKeys("old");
        SyncedRealm other = user.open("other");
        put(other, "still here");
        other.upload();
        assertThat(other.events()).isEmpty();
    }

    @Test
    void realmThatTookThePlaceOfADeletedOneHasNothingOfItButWhatAClientRecovers() {
        User absent = devices.install(server.url()).logInAnonymously();
        SyncedRealm old = absent.open(NEWS);
        put(old, "old");
        old.upload();
        old.goOffline();
        put(old, "unsent");
        server.order("DELETE", "/realms/files/" + NEWS, "");
        purge();
        server.order("GET", "/realms/files/" + NEWS, "");
        SyncedRealm fresh = devices.realm(server.url(), NEWS);
        put(fresh, "new");
        fresh.upload();

        old.goOnline();
        old.upload();
        old.download();
        assertThat(old.events()).contains("reset done, local changes recovered");
        assertThat(old.objects("Item")).containsOnlyKeys("new", "unsent");
        fresh.download();
        assertThat(fresh.objects("Item")).containsOnlyKeys("new", "unsent");
        assertThat(fresh.events()).isEmpty();
    }
}
