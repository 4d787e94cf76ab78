// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.e2e.server.CountingProxy;
import org.openros.e2e.server.SharedServer;
import org.openros.stock.ClientApp;
import org.openros.stock.RealmObject;
import org.openros.stock.SyncedRealm;
import org.openros.stock.User;
import org.openros.stock.Values.Decimal;
import org.openros.stock.Values.Link;
import org.openros.stock.Values.ObjectId;

import static org.assertj.core.api.Assertions.assertThat;

class SyncTest {
    private static final int CROWD = 50;

    @RegisterExtension
    static final SharedServer SERVER = new SharedServer();

    @RegisterExtension
    final Devices devices = new Devices();

    @Test
    void everyTypeOfPropertyArrivesAsItWasWritten() {
        SyncedRealm writer = devices.realm(SERVER.url(), "types");
        writer.write(realm -> {
            realm.findOrCreate("Item", "other");
            RealmObject item = realm.findOrCreate("Item", "full");
            FullItem.write(item);
            realm.findOrCreate("Document", ObjectId.of(7)).set("text", "seven").set("item", new Link("Item", "full"));
            realm.findOrCreate("Counter", Long.MIN_VALUE).add("count", 5);
            realm.findOrCreate("Tag", new UUID(-1, 1)).set("text", "");
        });
        SyncedRealm reader = devices.realm(SERVER.url(), "types");

        Convergence.assertSame("types", List.of(writer, reader));

        Map<Object, Object> items = reader.objects("Item");
        assertThat(items).containsOnlyKeys("other", "full");
        assertThat(items.get("full")).asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("text", "\u00e6\u20ac\ud83d\ude00")
                .containsEntry("price", Decimal.of(-12345, -2))
                .containsEntry("friend", new Link("Item", "other"))
                .containsEntry("part", Map.of("label", "one", "size", 3L, "marks", List.of(1L, 2L)));
    }

    @Test
    void collectionsInsideMixedValuesArrive() {
        SyncedRealm writer = devices.realm(SERVER.url(), "nested");
        writer.write(realm -> realm.findOrCreate("Item", "i"));
        SyncedRealm reader = devices.realm(SERVER.url(), "nested");
        Convergence.assertSame("nested", List.of(writer, reader));

        writer.write(realm -> {
            RealmObject item = realm.get("Item", "i");
            item.nestList("any").add(1L).nestDictionary(1).put("deep", "down");
            item.list("anys").nestList(0).add("in a list");
            item.dictionary("attributes").nestDictionary("d").put("k", 2L);
        });

        Convergence.assertSame("nested", List.of(writer, reader));
        assertThat(reader.<Object>read(realm -> String.valueOf(realm.get("Item", "i").get("any"))))
                .isEqualTo("[1, {deep=down}]");
    }

    @Test
    void anotherUserSeesChangesAndDeletionsWithoutAsking() {
        SyncedRealm ada = devices.realm(SERVER.url(), "two-users");
        SyncedRealm bob = devices.realm(SERVER.url(), "two-users");
        ada.write(realm -> {
            realm.findOrCreate("Item", "kept").set("text", "by ada");
            realm.findOrCreate("Item", "gone");
        });

        Awaitility.await().until(() -> bob.<Long>read(realm -> realm.count("Item")) == 2);
        bob.write(realm -> {
            realm.get("Item", "kept").set("text", "by bob");
            realm.get("Item", "gone").delete();
        });
        Awaitility.await().until(() -> ada.<Long>read(realm -> realm.count("Item")) == 1);

        assertThat(ada.<Object>read(realm -> realm.get("Item", "kept").get("text"))).isEqualTo("by bob");
        Convergence.assertSame("two users", List.of(ada, bob));
    }

    @Test
    void twoRealmsOfAUserShareAConnectionAndStayApart() {
        try (CountingProxy proxy = new CountingProxy(SERVER.url())) {
            User user = devices.install(proxy.url()).logInAnonymously();
            SyncedRealm home = user.open("home");
            SyncedRealm work = user.open("work");
            home.write(realm -> realm.findOrCreate("Item", "sofa"));
            work.write(realm -> realm.findOrCreate("Item", "desk"));
            home.upload();
            work.upload();

            assertThat(proxy.syncConnections()).isEqualTo(1);
            SyncedRealm homeElsewhere = devices.realm(SERVER.url(), "home");
            SyncedRealm workElsewhere = devices.realm(SERVER.url(), "work");
            Convergence.assertSame("home", List.of(home, homeElsewhere));
            Convergence.assertSame("work", List.of(work, workElsewhere));
            assertThat(homeElsewhere.objects("Item")).containsOnlyKeys("sofa");
            assertThat(workElsewhere.objects("Item")).containsOnlyKeys("desk");
        }
    }

    @Test
    void editsMadeOfflineOnBothSidesAreMerged() {
        List<SyncedRealm> both = devices.realms(2, SERVER.url(), "offline");
        both.getFirst().write(realm -> realm.findOrCreate("Item", "i").set("count", 100L).list("names").add("start"));
        Convergence.assertSame("before", both);

        both.forEach(SyncedRealm::goOffline);
        for (int i = 0; i < both.size(); i++) {
            long amount = i + 1;
            both.get(i).write(realm -> {
                realm.get("Item", "i").add("count", amount).set("text", "by " + amount).list("names")
                        .add("from " + amount);
                realm.findOrCreate("Item", "new on " + amount);
            });
        }
        both.forEach(SyncedRealm::goOnline);

        Convergence.assertSame("offline", both);
        SyncedRealm merged = both.getFirst();
        assertThat(merged.<Object>read(realm -> realm.get("Item", "i").get("count"))).isEqualTo(103L);
        assertThat(names(merged, "i"))
                .containsExactlyInAnyOrder("start", "from 1", "from 2");
        assertThat(merged.objects("Item")).containsOnlyKeys("i", "new on 1", "new on 2");
    }

    @Test
    void aCutConnectionIsOpenedAgainAndNothingIsLost() {
        try (CountingProxy proxy = new CountingProxy(SERVER.url())) {
            SyncedRealm realm = devices.realm(proxy.url(), "cut");
            realm.write(view -> view.findOrCreate("Item", "before"));
            realm.upload();
            proxy.cut();
            realm.write(view -> view.findOrCreate("Item", "after"));

            Convergence.assertSame("cut", List.of(realm, devices.realm(SERVER.url(), "cut")));
            assertThat(proxy.syncConnections()).isGreaterThan(1);
        }
    }

    @Test
    void fiftyDevicesOnOneRealmConverge() {
        List<SyncedRealm> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            ClientApp app = devices.install(SERVER.url());
            crowd.add(app.logInAnonymously().open("crowd"));
        }

        for (int i = 0; i < CROWD; i++) {
            String id = "from " + i;
            crowd.get(i).write(realm -> {
                realm.findOrCreate("Item", id);
                realm.findOrCreate("Counter", 1L).add("count", 1);
                realm.findOrCreate("Item", "shared").list("names").add(id);
            });
        }

        Convergence.assertSame("crowd", crowd);
        SyncedRealm any = crowd.getLast();
        assertThat(any.<Object>read(realm -> realm.get("Counter", 1L).get("count"))).isEqualTo((long) CROWD);
        assertThat(names(any, "shared")).hasSize(CROWD);
    }

    private static List<@Nullable Object> names(SyncedRealm realm, String item) {
        return realm.read(view -> view.get("Item", item).list("names").content());
    }
}
