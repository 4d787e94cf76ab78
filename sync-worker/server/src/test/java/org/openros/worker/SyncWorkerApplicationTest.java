// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.sun.net.httpserver.HttpServer;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.Instruction;
import org.openros.changeset.TableKind;
import org.openros.cluster.EmbeddedLockService;
import org.openros.cluster.Master;
import org.openros.cluster.group.WatchedGroupView;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;
import org.openros.domain.token.AccessRight;
import org.openros.domain.token.RealmToken;
import org.openros.domain.token.ServiceTokens;
import org.openros.domain.token.SigningKeys;
import org.openros.domain.token.TokenIssuer;
import org.openros.link.LinkChannels;
import org.openros.link.SessionLink;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.ServerMessageDecoder;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;
import org.openros.worker.realm.WorkMemory;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole worker: storage on disk, session streams, HTTP interface. */
final class SyncWorkerApplicationTest {
    private static final String SECRET = "a secret of at least thirty-two bytes";
    private static final String SCHEMA = """
            {"op":"AddTable","table":"User","kind":"topLevel","pkField":"_id","pkType":"string","pkNullable":false},
            {"op":"AddColumn","table":"User","field":"mail","type":"string","nullable":true,"collection":"single"}""";

    private final EmbeddedLockService locks = new EmbeddedLockService();
    private final WatchedGroupView masters = new WatchedGroupView(locks);
    private final SigningKeys keys = SigningKeys.generate();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer core;
    private ConfigurableApplicationContext worker;

    @TempDir
    private Path data;

    @BeforeEach
    void start() throws IOException {
        core = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        core.createContext("/.well-known/jwks.json", exchange -> {
            byte[] body = keys.toPublicJson().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        core.start();
        worker = startWorker();
    }

    private ConfigurableApplicationContext startWorker() {
        return SyncWorkerApplication.builder()
                .initializers((GenericApplicationContext context) ->
                        context.getBeanFactory().registerSingleton("locks", locks))
                .run(
                        "--server.port=0",
                        "--logging.level.root=warn",
                        "--ros.worker.data=" + data.resolve("worker"),
                        "--ros.worker.link.listen=grpc://127.0.0.1:0",
                        "--ros.internal.secret=" + SECRET,
                        "--ros.worker.session-log=true",
                        "--ros.core-services.urls=http://127.0.0.1:" + core.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        worker.close();
        core.stop(0);
        http.close();
    }

    private Master master() {
        return Awaitility.await().until(() -> masters.master(GroupId.DEFAULT), Objects::nonNull);
    }

    // --- HTTP interface --------------------------------------------------------------------------------------------

    private HttpResponse<String> transact(String preconditions, String instructions) throws Exception {
        String body = "{\"realm\":\"/__system/auth\",\"preconditions\":[" + preconditions + "],\"instructions\":["
                + instructions + "]}";
        return send(request("/internal/v1/transactions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> object(String key) throws Exception {
        String pk = URLEncoder.encode("{\"string\":\"" + key + "\"}", StandardCharsets.UTF_8);
        return send(request("/internal/v1/objects?realm=/__system/auth&table=User&pk=" + pk));
    }

    private HttpRequest.Builder request(String path) {
        String token = new ServiceTokens(SECRET, Clock.systemUTC()).issue("test");
        return HttpRequest.newBuilder(URI.create(master().api() + path)).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String create(String key, String mail) {
        return """
                ,{"op":"CreateObject","table":"User","pk":{"string":"%1$s"}},
                {"op":"Update","table":"User","pk":{"string":"%1$s"},"field":"mail","path":[],
                 "value":{"string":"%2$s"},"default":false}""".formatted(key, mail);
    }

    @Test
    void transactionIsDurableAndReadable() throws Exception {
        HttpResponse<String> made = transact("", SCHEMA + create("u1", "a@example.com"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(made.body()).isEqualTo("{\"serverVersion\":1}");

        worker.close();
        worker = startWorker();
        assertThat(object("u1").body()).contains("a@example.com");
    }

    @Test
    void missingObjectIsToldFromAMissingRoute() throws Exception {
        HttpResponse<String> missing = object("u1");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body()).isEqualTo("{\"found\":false}");
        transact("", SCHEMA + create("u1", "a@example.com"));
        assertThat(object("u2").body()).isEqualTo("{\"found\":false}");
        HttpResponse<String> elsewhere = send(request("/internal/v1/nothing"));
        assertThat(elsewhere.statusCode()).isEqualTo(404);
        assertThat(elsewhere.body()).doesNotContain("found");
    }

    @Test
    void failedPreconditionChangesNothing() throws Exception {
        transact("", SCHEMA + create("u1", "a@example.com"));
        HttpResponse<String> refused = transact(
                "{\"table\":\"User\",\"pk\":{\"string\":\"u1\"},\"exists\":false}",
                SCHEMA + create("u1", "b@example.com"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).isEqualTo("{\"failedPrecondition\":0}");
        assertThat(object("u1").body()).contains("a@example.com");
    }

    @Test
    void fieldPreconditionsCompareValues() throws Exception {
        transact("", SCHEMA + create("u1", "a@example.com"));
        String expected =
                "{\"table\":\"User\",\"pk\":{\"string\":\"u1\"},\"field\":\"mail\",\"equals\":{\"string\":\"%s\"}}";
        assertThat(transact(expected.formatted("x@example.com"), SCHEMA).statusCode()).isEqualTo(409);
        assertThat(transact(expected.formatted("a@example.com"), SCHEMA).statusCode()).isEqualTo(200);
    }

    @Test
    void objectsComeInPages() throws Exception {
        transact("", SCHEMA + create("u1", "1") + create("u2", "2") + create("u3", "3"));
        String page = "/internal/v1/objects?realm=/__system/auth&table=User&limit=2";
        assertThat(send(request(page)).body()).contains("u1", "u2").doesNotContain("u3");
        String after = URLEncoder.encode("{\"string\":\"u2\"}", StandardCharsets.UTF_8);
        assertThat(send(request(page + "&after=" + after)).body()).contains("u3", "\"next\":null");
    }

    @Test
    void badInputIsAnsweredWithItsReason() throws Exception {
        HttpResponse<String> refused = transact("", "{\"op\":\"Explode\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("error");
        assertThat(transact("", create("nobody", "x").substring(1)).statusCode()).isEqualTo(400);
    }

    @Test
    void countsOfTheStorageAreMetrics() throws Exception {
        transact("", SCHEMA);
        HttpResponse<String> commits = send(request("/actuator/metrics/ros.storage.commits"));
        assertThat(commits.statusCode()).isEqualTo(200);
        assertThat(commits.body()).contains("\"value\":1.0");
    }

    @Test
    void groupShowsItsStatus() throws Exception {
        transact("", SCHEMA);
        HttpResponse<String> status = send(request("/group/status"));
        assertThat(status.statusCode()).isEqualTo(200);
        assertThat(status.body())
                .contains("\"role\":\"master\"", "\"committed\":2", "\"members\":[{\"node\":\"worker\"",
                        "\"alarms\":[]");
        assertThat(send(request("/readyz")).statusCode()).isEqualTo(200);
    }

    @Test
    void groupIsVerifiedByTheHashOfItsState() throws Exception {
        transact("", SCHEMA);
        HttpResponse<String> verified = send(request("/group/verify").POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(verified.statusCode()).as(verified.body()).isEqualTo(200);
        assertThat(verified.body()).contains("\"seq\":2", "sha256");
        HttpResponse<String> past = send(request("/group/verify")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"seq\":1}")));
        assertThat(past.statusCode()).as(past.body()).isEqualTo(503);
        HttpResponse<String> future = send(request("/group/verify")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"seq\":1000,\"withinSeconds\":1}")));
        assertThat(future.statusCode()).as(future.body()).isEqualTo(503);
        assertThat(future.body()).contains("entry 1000 did not come within 1 s");
    }

    @Test
    void orderThatCannotBeCarriedOutIsRefusedWithItsReason() throws Exception {
        HttpResponse<String> refused = send(request("/group/step-down").POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(409);
        assertThat(refused.body()).contains("message");
    }

    @Test
    void nobodyComesInWithoutServiceToken() throws Exception {
        HttpRequest.Builder anonymous = HttpRequest.newBuilder(
                URI.create(master().api() + "/internal/v1/objects?realm=/__system/auth&table=User"));
        assertThat(send(anonymous).statusCode()).isEqualTo(401);
        assertThat(send(HttpRequest.newBuilder(URI.create(master().api() + "/readyz"))).statusCode())
                .isEqualTo(200);
    }

    // --- session streams -------------------------------------------------------------------------------------------

    /** One session stream as a gateway opens it. */
    private static final class Stream extends ClientCall.Listener<byte[]> {
        /** Serves no sockets, so that the transport uses its own threads; never started. */
        private static final EventLoop NO_LOOP = new DefaultEventLoop();

        final BlockingQueue<ServerMessage> messages = new LinkedBlockingQueue<>();
        final CompletableFuture<Status> end = new CompletableFuture<>();
        final ClientCall<byte[], byte[]> call;
        volatile @Nullable String epochOfEnd;

        Stream(LinkChannels channels, Master master, String token) {
            this(channels, master, token, master.epoch().value());
        }

        Stream(LinkChannels channels, Master master, String token, long epoch) {
            call = channels.channel(master.link(), NO_LOOP).newCall(SessionLink.SESSION, CallOptions.DEFAULT);
            Metadata headers = new Metadata();
            headers.put(SessionLink.REALM_TOKEN, token);
            headers.put(SessionLink.PROTOCOL_VERSION, "14");
            headers.put(SessionLink.CONNECTION_ID, "connection");
            headers.put(SessionLink.MASTER_EPOCH, Long.toString(epoch));
            call.start(this, headers);
            call.request(100);
        }

        @Override
        public void onMessage(byte[] message) {
            messages.add(ServerMessageDecoder.decode(message));
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            epochOfEnd = trailers.get(SessionLink.MASTER_EPOCH);
            end.complete(status);
        }

        <T> T next(Class<T> type) throws InterruptedException {
            return type.cast(messages.poll(10, TimeUnit.SECONDS));
        }

        /** Opens a realm with a new file. */
        ServerMessage.Download open() throws InterruptedException {
            ServerMessage.Ident ident = bind();
            call.sendMessage(new ClientMessage.Ident(1, ident.fileIdent(), ident.salt(), 0, 0, 0, 0).encode());
            return next(ServerMessage.Download.class);
        }

        ServerMessage.Ident bind() throws InterruptedException {
            call.sendMessage(new ClientMessage.Bind(1, "\"test\"", "", true, false).encode());
            return next(ServerMessage.Ident.class);
        }
    }

    private String realmToken(Instant expiresAt) {
        RealmToken token = new RealmToken(
                "6553f0a1c2d3e4f5a6b7c8d9",
                new RealmPath("/app/test"),
                Set.of(AccessRight.READ, AccessRight.WRITE),
                expiresAt);
        return new TokenIssuer(keys).issue(token);
    }

    @Test
    void streamBecomesASession() throws Exception {
        try (LinkChannels channels = new LinkChannels()) {
            Stream stream = new Stream(channels, master(), realmToken(Instant.now().plusSeconds(60)));
            assertThat(stream.open().progress().latestServerVersion()).isZero();
            stream.call.sendMessage(new ClientMessage.Unbind(1).encode());
            assertThat(stream.next(ServerMessage.Unbound.class)).isNotNull();
            assertThat(stream.end.get(10, TimeUnit.SECONDS).isOk()).isTrue();
        }
    }

    /** Collects what the worker tells of sessions. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final List<String> all = new CopyOnWriteArrayList<>();

        Lines() {
            start();
            Logger sessions = (Logger) LoggerFactory.getLogger("org.openros.sessions");
            sessions.setLevel(Level.INFO);
            sessions.addAppender(this);
        }

        @Override
        protected void append(ILoggingEvent event) {
            all.add(event.getFormattedMessage());
        }

        JsonNode await(int number) {
            Awaitility.await().until(() -> all.size() > number);
            return JsonMapper.shared().readTree(all.get(number));
        }
    }

    @Test
    void sessionIsLoggedUnderTheNameOfItsConnection() throws Exception {
        Lines lines = new Lines();
        String token = realmToken(Instant.now().plusSeconds(60));
        try (LinkChannels channels = new LinkChannels()) {
            Stream stream = new Stream(channels, master(), token);
            stream.open();
            assertThat(lines.await(0).toString()).isEqualTo("{\"event\":\"session-begin\","
                    + "\"connection\":\"connection\",\"realm\":\"/app/test\",\"user\":\"6553f0a1c2d3e4f5a6b7c8d9\"}");
            stream.call.sendMessage(new ClientMessage.Unbind(1).encode());
            JsonNode end = lines.await(1);
            assertThat(end.path("event").asString() + " " + end.path("connection").asString() + " "
                    + end.path("realm").asString() + " " + end.path("file").asLong() + " " + end.path("end").asString())
                    .isEqualTo("session-end connection /app/test 2 ok");
            assertThat(end.path("received").asLong()).isPositive();
            assertThat(end.path("sent").asLong()).isPositive();
            assertThat(end.has("millis")).isTrue();

            Stream broken = new Stream(channels, master(), token);
            broken.bind();
            broken.call.cancel("the connection went", null);
            assertThat(lines.await(3).path("end").asString()).isEqualTo("client");

            new Stream(channels, master(), realmToken(Instant.now().minusSeconds(600)));
            JsonNode refused = lines.await(4);
            assertThat(refused.path("connection").asString()).isEqualTo("connection");
            assertThat(refused.path("end").asString()).startsWith("UNAUTHENTICATED");
        }
        assertThat(lines.all).hasSize(5).noneMatch(line -> line.contains(token.substring(token.indexOf('.'))));
    }

    @Test
    void largeMessageIsTakenAfterItsAnnouncement() throws Exception {
        byte[] noise = new byte[SessionLink.ANNOUNCED_BYTES];
        new Random(1).nextBytes(noise);
        byte[] changeset = ChangesetEncoder.encode(new Changeset(List.of(ByteString.copyOf(noise)), List.of(
                new Instruction.AddTable(ByteString.of("Large"), TableKind.TOP_LEVEL, Instruction.PrimaryKey.NONE))));
        byte[] upload = new ClientMessage.Upload(1, new UploadProgress(2, 0, 0),
                UploadEntry.encode(List.of(new UploadEntry(2, 0, 1, 0, changeset)))).encode();
        try (LinkChannels channels = new LinkChannels()) {
            Stream stream = new Stream(channels, master(), realmToken(Instant.now().plusSeconds(60)));
            stream.open();
            stream.call.sendMessage(SessionLink.announcement(upload.length));
            stream.call.sendMessage(upload);

            assertThat(stream.next(ServerMessage.Download.class).progress().uploadClientVersion()).isEqualTo(2);
            WorkMemory memory = worker.getBean(WorkMemory.class);
            Awaitility.await().until(() -> memory.messages().used() == 0 && memory.uploads().used() == 0);
        }
    }

    @Test
    void gatewayThatKnowsALaterMasterIsSentAway() throws Exception {
        try (LinkChannels channels = new LinkChannels()) {
            Master master = master();
            long later = master.epoch().value() + 1;
            String token = realmToken(Instant.now().plusSeconds(60));
            Stream stream = new Stream(channels, master, token, later);
            assertThat(stream.end.get(10, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(stream.epochOfEnd).isEqualTo(master.epoch().toString());
            assertThat(transact("", SCHEMA).statusCode()).as("it has looked, and goes on").isEqualTo(200);
        }
    }

    @Test
    void expiredRealmTokenOpensNothing() throws Exception {
        try (LinkChannels channels = new LinkChannels()) {
            Stream stream = new Stream(channels, master(), realmToken(Instant.now().minusSeconds(600)));
            assertThat(stream.end.get(10, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    @Test
    void stoppingWorkerTellsSessionsToTryAgain() throws Exception {
        try (LinkChannels channels = new LinkChannels()) {
            Stream stream = new Stream(channels, master(), realmToken(Instant.now().plusSeconds(60)));
            stream.bind();
            worker.close();
            assertThat(stream.end.get(10, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            Awaitility.await().until(() -> masters.master(GroupId.DEFAULT) == null);
        }
    }
}
