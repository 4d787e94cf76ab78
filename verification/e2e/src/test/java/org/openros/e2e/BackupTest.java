// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.e2e.server.Folders;
import org.openros.stock.ClientReset;
import org.openros.stock.SyncedRealm;
import org.openros.stock.User;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.e2e.Items.put;

/** What stock clients make of a realm that is restored under them, and of a server that is made again from a backup. */
class BackupTest {
    private static final String NEWS = "news";
    private static final Duration JOB_LIMIT = Duration.ofSeconds(60);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    final Devices devices = new Devices();

    @RegisterExtension
    final OwnServer server = new OwnServer();

    /** Begins a job and waits for its end; the answer of its beginning. */
    private JsonNode run(String route, String body) {
        HttpResponse<String> begun = server.admin().send("POST", "/admin/v1" + route, body);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        JsonNode reply = JsonMapper.shared().readTree(begun.body());
        String job = "/admin/v1/jobs/" + reply.path("jobId").stringValue();
        Awaitility.await(route).atMost(JOB_LIMIT).untilAsserted(() -> assertThat(server.order("GET", job, ""))
                .contains("\"state\":\"succeeded\""));
        return reply;
    }

    private String backUp() {
        String id = run("/backups", "{}").path("backupId").stringValue();
        run("/backups/" + id + "/verify", "");
        return id;
    }

    private static void awaitReset(SyncedRealm realm) {
        Awaitility.await("the client resets").atMost(LIMIT).untilAsserted(() ->
                assertThat(realm.events()).contains("reset done, local changes recovered"));
    }

    @Test
    void clientOfARestoredRealmRecoversWithWhatItHadNotSent() {
        User user = devices.install(server.url()).logInAnonymously();
        SyncedRealm connected = user.open(NEWS);
        put(connected, "saved");
        connected.upload();
        SyncedRealm absent = devices.realm(server.url(), NEWS);
        absent.download();
        String backup = backUp();
        put(connected, "lost");
        connected.upload();
        absent.download();
        absent.goOffline();
        put(absent, "unsent");

        run("/restores", "{\"backupId\":\"" + backup + "\",\"mode\":\"replace\",\"paths\":[\"news\"]}");

        awaitReset(connected);
        assertThat(connected.objects("Item")).containsOnlyKeys("saved");
        absent.goOnline();
        awaitReset(absent);
        absent.upload();
        put(connected, "new");
        connected.upload();
        absent.download();
        connected.download();
        assertThat(absent.objects("Item")).containsOnlyKeys("saved", "unsent", "new");
        assertThat(connected.objects("Item")).containsOnlyKeys("saved", "unsent", "new");
    }

    @Test
    void clientThatKnowsNothingNewerGoesOnWithoutAReset() {
        SyncedRealm absent = devices.realm(server.url(), NEWS);
        put(absent, "saved");
        absent.upload();
        absent.download();
        absent.goOffline();
        put(absent, "unsent");
        SyncedRealm other = devices.realm(server.url(), NEWS);
        String backup = backUp();
        put(other, "lost");
        other.upload();

        run("/restores", "{\"backupId\":\"" + backup + "\",\"mode\":\"replace\",\"paths\":[\"news\"]}");

        absent.goOnline();
        absent.upload();
        absent.download();
        assertThat(absent.objects("Item")).containsOnlyKeys("saved", "unsent");
        awaitReset(other);
        other.download();
        assertThat(other.objects("Item")).containsOnlyKeys("saved", "unsent");
    }

    @Test
    void restoredRealmWithANewNameIsThereBesideTheOldOne() {
        User user = devices.install(server.url()).logInAnonymously();
        SyncedRealm realm = user.open(NEWS);
        put(realm, "saved");
        realm.upload();
        String backup = backUp();
        put(realm, "later");
        realm.upload();

        run("/restores",
                "{\"backupId\":\"" + backup + "\",\"mode\":\"asNew\",\"suffix\":\"-old\",\"paths\":[\"n*\"]}");

        SyncedRealm old = user.open("news-old");
        old.download();
        assertThat(old.objects("Item")).containsOnlyKeys("saved");
        realm.download();
        assertThat(realm.objects("Item")).containsOnlyKeys("saved", "later");
        assertThat(realm.events()).isEmpty();
    }

    /** The keys go along, or everybody would have to log in again. */
    @Test
    void emptyServerIsMadeFromABackupInOneTryAndItsClientsGoOn() {
        User user = devices.install(server.url()).logInAnonymously();
        SyncedRealm news = user.open(NEWS, ClientReset.RECOVER);
        SyncedRealm mail = user.open("mail", ClientReset.RECOVER);
        put(news, "saved");
        news.upload();
        news.download();
        put(mail, "saved");
        mail.upload();
        mail.download();
        String backup = backUp();
        news.goOffline();
        put(news, "unsent");
        put(mail, "lost");
        mail.upload();
        mail.goOffline();
        server.process().stop();
        Folders.delete(server.process().data().resolve("worker"));
        Folders.delete(server.process().data().resolve("lock-service.json"));
        server.process().start();

        run("/restores", "{\"backupId\":\"" + backup + "\",\"mode\":\"full\"}");

        news.goOnline();
        news.upload();
        news.download();
        mail.goOnline();
        awaitReset(mail);
        assertThat(news.objects("Item")).containsOnlyKeys("saved", "unsent");
        assertThat(news.events()).isEmpty();
        assertThat(mail.objects("Item")).containsOnlyKeys("saved");
        assertThat(server.admin()
                .send("POST", "/admin/v1/restores", "{\"backupId\":\"" + backup + "\",\"mode\":\"full\"}")
                        .statusCode())
                .isEqualTo(409);
    }
}
