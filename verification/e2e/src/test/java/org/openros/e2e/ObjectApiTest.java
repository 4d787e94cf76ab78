// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.openros.e2e.server.AdminClient;
import org.openros.e2e.server.ServerProcess;
import org.openros.stock.RealmObject;
import org.openros.stock.SyncedRealm;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Backends and stock clients in one realm. */
class ObjectApiTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    static Path folder;

    private static ServerProcess server;
    private static AdminClient admin;

    @RegisterExtension
    final Devices devices = new Devices();

    @BeforeAll
    static void start() {
        server = ServerProcess.start(folder.resolve("data"));
        admin = new AdminClient(server, Devices.APP);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private SyncedRealm device(String realm) {
        SyncedRealm device = devices.realm(server.url(), realm);
        device.upload();
        return device;
    }

    private static JsonNode call(int status, String method, String realm, String route, String body,
            String... headers) {
        HttpResponse<String> reply = admin.send(method, "/admin/v1/realms/" + realm + route, body, headers);
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(status);
        return JSON.readTree(reply.body());
    }

    private static void await(SyncedRealm device, String what, Runnable check) {
        Awaitility.await(what).atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            device.download();
            check.run();
        });
    }

    @Test
    void objectOfEveryTypeGoesToABackendAndBack() {
        SyncedRealm device = device("types");
        device.write(realm -> {
            realm.findOrCreate("Item", "other");
            RealmObject item = realm.findOrCreate("Item", "full");
            FullItem.write(item);
        });
        device.upload();

        JsonNode shown = call(200, "GET", "types", "/objects/Item/full", "");
        assertThat(shown.path("text").stringValue()).isEqualTo("\u00e6\u20ac\ud83d\ude00");
        ObjectNode copy = ((ObjectNode) shown).deepCopy();
        copy.remove(List.of("$key", "_id"));
        call(201, "PUT", "types", "/objects/Item/copy", copy.toString());

        await(device, "the copy", () -> assertThat(device.objects("Item")).containsKey("copy"));
        assertThat(withoutKey(device, "copy")).isEqualTo(withoutKey(device, "full"));
        assertThat(device.events()).isEmpty();
    }

    private static Map<Object, Object> withoutKey(SyncedRealm device, String key) {
        Map<Object, Object> content = new HashMap<>((Map<?, ?>) device.objects("Item").get(key));
        content.remove("_id");
        return content;
    }

    @Test
    void deviceThatWasOfflineAndBackendAgreeInTheEnd() {
        SyncedRealm offline = device("conflict");
        offline.write(realm -> {
            RealmObject item = realm.findOrCreate("Item", "a");
            item.set("text", "start").set("count", 10L);
            item.list("ints").add(1L).add(2L).add(3L);
        });
        offline.upload();
        offline.goOffline();
        offline.write(realm -> {
            RealmObject item = realm.get("Item", "a");
            item.set("optCount", 5L).add("count", 1);
            item.list("ints").insert(0, 0L).add(4L);
        });
        call(200, "PATCH", "conflict", "/objects/Item/a", "{\"text\":\"backend\",\"ints\":[1,20,3]}");
        call(200, "POST", "conflict", "/transactions", """
                {"preconditions": [{"class": "Item", "key": "a", "field": "text", "equals": "backend"}],
                 "operations": [{"op": "increment", "class": "Item", "key": "a", "field": "count", "by": 100},
                                {"op": "create", "class": "Counter", "object": {"_id": 7, "count": 1}}]}""");
        offline.goOnline();
        SyncedRealm other = device("conflict");

        Convergence.assertSame("conflict", List.of(offline, other));
        JsonNode shown = call(200, "GET", "conflict", "/objects/Item/a", "");
        assertThat(shown.path("text").stringValue()).isEqualTo("backend");
        assertThat(shown.path("count").longValue()).isEqualTo(111);
        assertThat(shown.path("optCount").longValue()).isEqualTo(5);
        assertThat(shown.path("ints").toString()).isEqualTo("[0,1,20,3,4]");
        assertThat(String.valueOf(offline.objects("Item").get("a"))).contains("ints=[0, 1, 20, 3, 4]", "count=111");
        assertThat(other.objects("Counter")).containsOnlyKeys(7L);
    }

    @Test
    void feedTellsWhatDevicesAndBackendsDoAndGoesOnWhereItEnded() throws Exception {
        SyncedRealm device = device("feed");
        String seen;
        try (Feed feed = new Feed("feed")) {
            feed.next("ready");
            device.write(realm -> realm.findOrCreate("Item", "by-device").set("count", 1L));
            device.upload();
            call(201, "PUT", "feed", "/objects/Item/by-backend", "{\"count\":2}");
            assertThat(feed.next("change").path("changes").toString())
                    .contains("\"key\":\"by-device\",\"effect\":\"created\"");
            assertThat(feed.next("change").path("origin").stringValue()).isEqualTo("server");
            seen = feed.id();
        }
        call(200, "DELETE", "feed", "/objects/Item/by-device", "");
        try (Feed feed = new Feed("feed", "Last-Event-ID", seen)) {
            feed.next("ready");
            assertThat(feed.next("change").path("changes").toString())
                    .isEqualTo("[{\"class\":\"Item\",\"key\":\"by-device\",\"effect\":\"deleted\"}]");
        }
        await(device, "the erasure", () -> assertThat(device.objects("Item")).containsOnlyKeys("by-backend"));
    }

    @Test
    void repeatedRequestIsCarriedOutOnceEvenAfterARestart() {
        device("repeat");
        String once = "{\"operations\":[{\"op\":\"create\",\"class\":\"Counter\",\"object\":{\"_id\":1,\"count\":5}}]}";
        JsonNode first = call(200, "POST", "repeat", "/transactions", once, "Idempotency-Key", "order-1");
        server.kill();
        server.start();
        JsonNode second = call(200, "POST", "repeat", "/transactions", once, "Idempotency-Key", "order-1");
        assertThat(second).isEqualTo(first);
        call(409, "POST", "repeat", "/transactions", once);
    }

    /** Reads server-sent events. */
    private static final class Feed implements AutoCloseable {
        private final InputStream body;
        private final BufferedReader lines;
        private final BlockingQueue<Map.Entry<String, JsonNode>> events = new LinkedBlockingQueue<>();
        private volatile String id = "";

        Feed(String realm, String... headers) {
            HttpResponse<InputStream> reply = admin.stream("/admin/v1/realms/" + realm + "/changes", headers);
            assertThat(reply.statusCode()).isEqualTo(200);
            body = reply.body();
            lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try {
                String event = "";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("id:")) {
                        id = line.substring(3);
                    } else if (line.startsWith("event:")) {
                        event = line.substring(6);
                    } else if (line.startsWith("data:")) {
                        events.add(Map.entry(event, JSON.readTree(line.substring(5))));
                    }
                }
            } catch (IOException e) {
                return; // closed by the test
            }
        }

        JsonNode next(String kind) throws InterruptedException {
            Map.Entry<String, JsonNode> event =
                    Objects.requireNonNull(events.poll(15, TimeUnit.SECONDS), "no event: " + kind);
            assertThat(event.getKey()).as(event.toString()).isEqualTo(kind);
            return event.getValue();
        }

        String id() {
            return id;
        }

        @Override
        public void close() {
            try {
                // Not the reader: it lets nobody in while it waits for a line.
                body.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
