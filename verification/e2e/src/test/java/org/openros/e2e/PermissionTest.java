// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.stock.ClientReset;
import org.openros.stock.SyncedRealm;
import org.openros.stock.User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.e2e.Items.has;
import static org.openros.e2e.Items.put;

/** What stock clients make of rights, and of rights that change while they are connected. */
class PermissionTest {
    private static final String NEWS = "news";

    /** Within this time a change takes effect on sessions that are open. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @RegisterExtension
    final Devices devices = new Devices();

    @RegisterExtension
    final OwnServer server =
            new OwnServer("ros.permissions.rules[0].partition=/~/**", "ros.permissions.rules[0].access=admin");

    private User user() {
        return devices.install(server.url()).logInAnonymously();
    }

    private static ConditionFactory within(Duration limit, String what) {
        return Awaitility.await(what).atMost(limit);
    }

    @Test
    void whoMayOnlyReadSeesChangesAndLosesItsOwn() {
        User writer = user();
        User reader = user();
        server.admin().apply(writer.id(), NEWS, "write");
        server.admin().apply(reader.id(), NEWS, "read");
        SyncedRealm source = writer.open(NEWS);
        put(source, "first");
        source.upload();

        SyncedRealm copy = reader.open(NEWS, ClientReset.RECOVER_OR_DISCARD);
        copy.download();
        assertThat(copy.events()).isEmpty();
        assertThat(has(copy, "first")).isTrue();

        put(copy, "forbidden");
        within(Duration.ofSeconds(20), "the change to be taken back").until(() -> !has(copy, "forbidden"));
        put(source, "second");
        within(Duration.ofSeconds(10), "news after the reset").until(() -> has(copy, "second"));
        assertThat(has(source, "forbidden")).isFalse();
        assertThat(copy.events()).allMatch(event -> event.startsWith("reset"));
    }

    @Test
    void rightsThatChangeTakeEffectOnOpenSessions() {
        User writer = user();
        User reader = user();
        server.admin().apply(writer.id(), NEWS, "write");
        server.admin().apply("*", NEWS, "read");
        SyncedRealm source = writer.open(NEWS);
        put(source, "first");
        source.upload();
        SyncedRealm copy = reader.open(NEWS, ClientReset.RECOVER_OR_DISCARD);
        copy.download();

        server.admin().apply(reader.id(), NEWS, "write");
        Awaitility.await().pollDelay(LIMIT).until(() -> true);
        put(copy, "allowed");
        copy.upload();
        within(LIMIT, "the change of who may write now").until(() -> has(source, "allowed"));

        server.admin().apply("*", NEWS, "none");
        server.admin().apply(reader.id(), NEWS, "none");
        within(LIMIT, "the refusal").until(() -> !copy.events().isEmpty());
        assertThat(copy.events()).singleElement().asString().contains("PERMISSION_DENIED");
        put(source, "secret");
        source.upload();
        assertThat(has(copy, "secret")).isFalse();
    }

    @Test
    void aHomeIsItsOwnersAlone() {
        User ann = user();
        User bob = user();
        SyncedRealm home = ann.open("/~/notes");
        put(home, "mine");
        home.upload();

        SyncedRealm same = ann.open("/" + ann.id() + "/notes");
        same.download();
        assertThat(has(same, "mine")).isTrue();
        SyncedRealm own = bob.open("/~/notes");
        own.download();
        assertThat(has(own, "mine")).isFalse();
        SyncedRealm foreign = bob.open("/" + ann.id() + "/notes");
        within(LIMIT, "the refusal").until(() -> !foreign.events().isEmpty());
        assertThat(foreign.events()).singleElement().asString().contains("PERMISSION_DENIED");
    }

    @Test
    void whoOpenedARealmWithoutClassesAsReaderMayWriteOnceAllowed() {
        User user = user();
        server.admin().apply(user.id(), NEWS, "read");
        SyncedRealm realm = user.open(NEWS, ClientReset.RECOVER_OR_DISCARD);
        realm.download();

        server.admin().apply(user.id(), NEWS, "write");
        put(realm, "one");
        within(Duration.ofSeconds(15), "the upload").until(() -> {
            SyncedRealm other = user.open(NEWS);
            other.download();
            return has(other, "one");
        });
    }

    @Test
    void aDeletedRealmIsClosedUntilItIsRestoredWithItsContent() {
        User ann = user();
        SyncedRealm home = ann.open("/~/diary");
        put(home, "kept");
        home.upload();
        String name = "%2F" + ann.id() + "%2Fdiary";

        server.order("DELETE", "/realms/files/" + name, "");
        within(LIMIT, "the news").until(() -> !home.events().isEmpty());
        assertThat(home.events()).allSatisfy(
                event -> assertThat(event).startsWith("reset demanded").contains("the realm has been deleted"));

        server.order("POST", "/realms/trash/restore", "{\"id\":\"" + server.trashed() + "\"}");
        SyncedRealm again = ann.open("/~/diary");
        again.download();
        assertThat(has(again, "kept")).isTrue();
    }

    @Test
    void aRealmThatIsMadeAgainAfterADeletionIsEmptyAndNothingOfTheOldOneIsMerged() {
        User ann = user();
        SyncedRealm old = ann.open("/~/list", ClientReset.DISCARD);
        put(old, "old");
        old.upload();
        old.goOffline();
        String name = "%2F" + ann.id() + "%2Flist";
        server.order("DELETE", "/realms/files/" + name, "");
        assertThat(server.order("GET", "/realms/files/" + name, "")).contains("\"exists\":true");

        SyncedRealm fresh = ann.open("/~/list");
        put(fresh, "new");
        fresh.upload();
        old.goOnline();
        within(Duration.ofSeconds(20), "the reset").until(() -> has(old, "new") && !has(old, "old"));
        fresh.download();
        assertThat(has(fresh, "old")).isFalse();
    }
}
