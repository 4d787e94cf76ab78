// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.io.DataInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.cluster.EmbeddedLockService;
import org.openros.cluster.group.WatchedGroupView;
import org.openros.domain.GroupId;
import org.openros.domain.token.ServiceTokens;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What the directory asks and orders about whole realms, of two workers of two groups. */
final class WholeRealmsTest {
    private static final String SECRET = "a secret of at least thirty-two bytes";
    private static final String REALM = "/app/notes";
    private static final String OCTETS = "application/octet-stream";
    private static final String SCHEMA = """
            {"op":"AddTable","table":"Note","kind":"topLevel","pkField":"_id","pkType":"string","pkNullable":false},
            {"op":"AddColumn","table":"Note","field":"text","type":"string","nullable":true,"collection":"single"}""";

    private final EmbeddedLockService locks = new EmbeddedLockService();
    private final WatchedGroupView masters = new WatchedGroupView(locks);
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();
    private ConfigurableApplicationContext one;
    private ConfigurableApplicationContext two;

    @TempDir
    private Path data;

    @BeforeEach
    void start() {
        one = startWorker("one");
        two = startWorker("two");
    }

    private ConfigurableApplicationContext startWorker(String group) {
        return SyncWorkerApplication.builder()
                .initializers((GenericApplicationContext context) ->
                        context.getBeanFactory().registerSingleton("locks", locks))
                .run(
                        "--server.port=0",
                        "--logging.level.root=warn",
                        "--ros.worker.group=" + group,
                        "--ros.worker.data=" + data.resolve(group),
                        "--ros.worker.link.listen=grpc://127.0.0.1:0",
                        "--ros.internal.secret=" + SECRET,
                        "--ros.core-services.urls=http://127.0.0.1:1");
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        http.close();
        locks.close();
    }

    private HttpRequest.Builder request(String group, String path) {
        URI api = Awaitility.await()
                .until(() -> masters.master(new GroupId(group)), Objects::nonNull)
                .api();
        String token = new ServiceTokens(SECRET, Clock.systemUTC()).issue("test");
        return HttpRequest.newBuilder(URI.create(api + "/internal/v1" + path))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> get(String group, String path) throws Exception {
        return http.send(request(group, path).build(), BodyHandlers.ofString());
    }

    private HttpResponse<byte[]> content(String path) throws Exception {
        return http.send(request("one", path).build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> post(String group, String path, String body) throws Exception {
        return http.send(
                request(group, path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> order(String group, String order) throws Exception {
        return post(group, "/realms/change",
                "{\"realm\":\"" + REALM + "\",\"move\":\"m\",\"order\":\"" + order + "\"}");
    }

    private HttpResponse<String> write(String group, String key) throws Exception {
        return write(group, key, 1000);
    }

    private HttpResponse<String> write(String group, String key, int length) throws Exception {
        return post(group, "/transactions", """
                {"realm":"%1$s","preconditions":[],"instructions":[%2$s,
                {"op":"CreateObject","table":"Note","pk":{"string":"%3$s"}},
                {"op":"Update","table":"Note","pk":{"string":"%3$s"},"field":"text","path":[],
                 "value":{"string":"%4$s"},"default":false}]}""".formatted(REALM, SCHEMA, key, "x".repeat(length)));
    }

    private JsonNode status(String group) throws Exception {
        return json.readTree(get(group, "/realms/status?realm=" + REALM).body());
    }

    @Test
    void sizeGrowsWithTheRealmAndTheNewestChangeIsDated() throws Exception {
        assertThat(status("one").path("storedBytes").asLong(-1)).isZero();
        assertThat(status("one").path("lastChange").isNull()).isTrue();
        for (int i = 0; i < 20; i++) {
            assertThat(write("one", "n" + i).statusCode()).isEqualTo(200);
        }
        JsonNode status = status("one");
        assertThat(status.path("serverVersion").asLong()).isEqualTo(20);
        assertThat(status.path("historyBytes").asLong()).isBetween(20_000L, 40_000L);
        assertThat(status.path("storedBytes").asLong()).isBetween(40_000L, 100_000L);
        assertThat(status.path("lastChange").asString()).startsWith("20");
        HttpResponse<String> sizes = post("one", "/realms/sizes", "{\"realms\":[\"/app/none\",\"" + REALM + "\"]}");
        JsonNode listed = json.readTree(sizes.body()).path("sizes");
        assertThat(listed.get(0).path("storedBytes").asLong(-1)).isZero();
        assertThat(listed.get(1).path("storedBytes")).isEqualTo(status.path("storedBytes"));
    }

    @Test
    void purgedRealmIsEmptyAfterARestartToo() throws Exception {
        write("one", "n");
        assertThat(order("one", "purge").statusCode()).isEqualTo(200);
        assertThat(get("one", "/objects?realm=" + REALM + "&table=Note").statusCode()).isEqualTo(503);
        one.close();
        one = startWorker("one");
        assertThat(status("one").path("standing").asString()).isEqualTo("GONE");
        assertThat(status("one").path("historyBytes").asLong(-1)).isZero();
        assertThat(post("one", "/realms/change", "{\"realm\":\"" + REALM + "\",\"order\":\"explode\"}").statusCode())
                .isEqualTo(400);
    }

    private String take(HttpResponse<byte[]> content, String expected, String next, String digest) throws Exception {
        HttpResponse<String> taken = http.send(
                request("two", "/realms/take?realm=" + REALM + "&move=m&expected=" + encode(expected) + "&next="
                        + encode(next))
                        .header("Content-Type", OCTETS)
                        .header("X-Realm-Digest", digest)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(content.body()))
                        .build(),
                BodyHandlers.ofString());
        return taken.statusCode() + " " + taken.body();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }

    @Test
    void realmIsReadHereAndMadeAgainThereWithWhatHappensMeanwhile() throws Exception {
        write("one", "first");
        long since = status("one").path("committed").asLong();
        assertThat(order("two", "admit").statusCode()).isEqualTo(200);
        HttpResponse<byte[]> page = content("/realms/page?realm=" + REALM + "&since=" + since);
        assertThat(header(page, "X-Realm-Next")).isEmpty();
        assertThat(take(page, "", "copied", header(page, "X-Realm-Digest").replace('a', 'b'))).startsWith("400");
        assertThat(take(page, "", "copied", header(page, "X-Realm-Digest"))).startsWith("200");
        write("one", "second");
        order("one", "close");
        assertThat(write("one", "third").statusCode()).isEqualTo(503);
        long end = status("one").path("committed").asLong();
        HttpResponse<byte[]> tail = content("/realms/tail?realm=" + REALM + "&after=" + since + "&since=" + end);
        assertThat(header(tail, "X-Realm-Next")).isEqualTo(Long.toString(end));
        assertThat(take(tail, "copied", "ended", header(tail, "X-Realm-Digest"))).startsWith("200");
        assertThat(write("two", "early").statusCode()).isEqualTo(503);
        assertThat(order("two", "settle").statusCode()).isEqualTo(200);
        for (String same : new String[] {"serverVersion", "salt", "cumulativeBytes", "lastFileIdent"}) {
            assertThat(status("two").path(same)).as(same).isEqualTo(status("one").path(same));
        }
        assertThat(write("two", "third").statusCode()).isEqualTo(200);
        assertThat(get("two", "/objects?realm=" + REALM + "&table=Note").body()).contains("first", "second", "third");
        assertThat(order("one", "clear").statusCode()).isEqualTo(200);
        assertThat(order("two", "clear").statusCode()).isEqualTo(409);
    }

    @Test
    void exportOfARealmIsAllOfItAndMakesAnotherOne() throws Exception {
        for (int i = 0; i < 20; i++) {
            write("one", "n" + i);
        }
        long since = status("one").path("committed").asLong();
        HttpResponse<byte[]> export = content("/realms/export?realm=" + REALM + "&since=" + since);
        assertThat(export.statusCode()).isEqualTo(200);
        ByteBuffer bytes = ByteBuffer.wrap(export.body());
        byte[] frame = new byte[bytes.getInt()];
        bytes.get(frame);
        assertThat(bytes.getInt()).isZero();
        assertThat(bytes.getLong()).isEqualTo(20);
        byte[] hash = Arrays.copyOfRange(export.body(), export.body().length - 32, export.body().length);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        assertThat(sha256.digest(Arrays.copyOf(export.body(), export.body().length - 32))).isEqualTo(hash);

        String other = "{\"realm\":\"/app/copy\",\"move\":\"m\",\"order\":\"%s\"}";
        assertThat(post("two", "/realms/change", other.formatted("admit")).statusCode()).isEqualTo(200);
        HttpRequest take = request("two", "/realms/take?realm=/app/copy&move=m&expected=&next=1&from=" + REALM)
                .header("Content-Type", OCTETS)
                .header("X-Realm-Digest", HexFormat.of().formatHex(sha256.digest(frame)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(frame))
                .build();
        assertThat(http.send(take, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertThat(post("two", "/realms/change", other.formatted("settle")).statusCode()).isEqualTo(200);
        assertThat(get("two", "/objects?realm=/app/copy&table=Note").body()).contains("n0", "n19");
    }

    /** More than the server sends at once, and more than one frame. */
    @Test
    void largeExportIsWholeThoughTheRealmGoesOn() throws Exception {
        for (int i = 0; i < 40; i++) {
            write("one", "n" + i, 60_000);
        }
        HttpResponse<InputStream> export = http.send(
                request("one", "/realms/export?realm=" + REALM + "&since=0").build(), BodyHandlers.ofInputStream());
        DataInputStream in = new DataInputStream(export.body());
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        int frames = 0;
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            sha256.update(ByteBuffer.allocate(4).putInt(length).array());
            sha256.update(in.readNBytes(length));
            frames++;
            write("one", "later" + frames, 10);
        }
        byte[] head = in.readNBytes(32);
        sha256.update(new byte[4]);
        sha256.update(head);
        assertThat(frames).isGreaterThan(3);
        assertThat(ByteBuffer.wrap(head).getLong()).isEqualTo(40);
        assertThat(in.readAllBytes()).isEqualTo(sha256.digest());
    }

    @Test
    void exportIsOfAnOpenRealmAndOfWhatTheNodeKnows() throws Exception {
        write("one", "first");
        assertThat(content("/realms/export?realm=" + REALM + "&since=1000").statusCode()).isEqualTo(503);
        order("one", "close");
        assertThat(content("/realms/export?realm=" + REALM + "&since=0").statusCode()).isEqualTo(409);
    }

    @Test
    void whatThisNodeDoesNotKnowYetOrAnyMoreIsNotAnswered() throws Exception {
        write("one", "first");
        assertThat(content("/realms/page?realm=" + REALM + "&since=1000").statusCode()).isEqualTo(503);
        assertThat(content("/realms/tail?realm=" + REALM + "&after=0&since=1000").statusCode()).isEqualTo(503);
        assertThat(content("/realms/page?realm=" + REALM + "&since=0&after=!").statusCode()).isEqualTo(400);
        assertThat(content("/realms/page?realm=" + REALM + "&since=0&after=CQ").statusCode()).isEqualTo(400);
    }
}
