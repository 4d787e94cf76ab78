// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.e2e.server.AdminClient;
import org.openros.e2e.server.ServerProcess;
import org.openros.stock.ClientReset;
import org.openros.stock.SyncedRealm;
import org.openros.stock.User;

import static org.assertj.core.api.Assertions.assertThat;

/** What stock clients make of rights, and of rights that change while they are connected. */
class PermissionTest {
    private static final String NEWS = "news";

    /** Within this time a change takes effect on sessions that are open. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @RegisterExtension
    final Devices devices = new Devices();

    private ServerProcess server;
    private AdminClient admin;

    @BeforeEach
    void start() {
        server = ServerProcess.start(
                devices.folder("server").resolve("data"),
                List.of("ros.permissions.rules[0].partition=/~/**", "ros.permissions.rules[0].access=admin"));
        admin = new AdminClient(server, Devices.APP);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private User user() {
        return devices.install(server.url()).logInAnonymously();
    }

    private static ConditionFactory within(Duration limit, String what) {
        return Awaitility.await(what).atMost(limit);
    }

    private static void put(SyncedRealm realm, String id) {
        realm.write(view -> view.findOrCreate("Item", id));
    }

    private static boolean has(SyncedRealm realm, String id) {
        return realm.objects("Item").containsKey(id);
    }

    @Test
    void whoMayOnlyReadSeesChangesAndLosesItsOwn() {
        User writer = user();
        User reader = user();
        admin.apply(writer.id(), NEWS, "write");
        admin.apply(reader.id(), NEWS, "read");
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
        admin.apply(writer.id(), NEWS, "write");
        admin.apply("*", NEWS, "read");
        SyncedRealm source = writer.open(NEWS);
        put(source, "first");
        source.upload();
        SyncedRealm copy = reader.open(NEWS, ClientReset.RECOVER_OR_DISCARD);
        copy.download();

        admin.apply(reader.id(), NEWS, "write");
        Awaitility.await().pollDelay(LIMIT).until(() -> true);
        put(copy, "allowed");
        copy.upload();
        within(LIMIT, "the change of who may write now").until(() -> has(source, "allowed"));

        admin.apply("*", NEWS, "none");
        admin.apply(reader.id(), NEWS, "none");
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
        admin.apply(user.id(), NEWS, "read");
        SyncedRealm realm = user.open(NEWS, ClientReset.RECOVER_OR_DISCARD);
        realm.download();

        admin.apply(user.id(), NEWS, "write");
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

        assertThat(admin.send("DELETE", "/realms/files/" + name, "").statusCode()).isEqualTo(200);
        within(LIMIT, "the news").until(() -> !home.events().isEmpty());
        assertThat(home.events()).allSatisfy(
                event -> assertThat(event).startsWith("reset demanded").contains("the realm has been deleted"));

        String trash = admin.send("GET", "/realms/trash", "").body();
        String id = trash.replaceFirst(".*\"id\":\"", "").replaceFirst("\".*", "");
        assertThat(admin.send("POST", "/realms/trash/restore", "{\"id\":\"" + id + "\"}").statusCode()).isEqualTo(200);
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
        assertThat(admin.send("DELETE", "/realms/files/" + name, "").statusCode()).isEqualTo(200);
        assertThat(admin.send("GET", "/realms/files/" + name, "").body()).contains("\"exists\":true");

        SyncedRealm fresh = ann.open("/~/list");
        put(fresh, "new");
        fresh.upload();
        old.goOnline();
        within(Duration.ofSeconds(20), "the reset").until(() -> has(old, "new") && !has(old, "old"));
        fresh.download();
        assertThat(has(fresh, "old")).isFalse();
    }
}
