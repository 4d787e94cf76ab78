// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.core.account.Accounts;
import org.openros.core.account.ApiKey;
import org.openros.core.account.ApiKeySecret;
import org.openros.core.account.ApiKeys;
import org.openros.core.account.IdentityKey;
import org.openros.core.account.NewLogin;
import org.openros.core.account.Provider;
import org.openros.core.account.User;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.permission.AccessList;
import org.openros.domain.AppId;
import org.openros.domain.token.ServiceTokens;
import org.springframework.web.client.RestClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class WorkerMetadataStoreTest extends MetadataStoreContract {
    private static final ObjectRef USER = new ObjectRef(MetadataTable.USER, "1");
    private static final Transaction ADD = Transaction.begin().requireAbsent(USER).create(USER)
            .set(USER, "app", new Text("a")).build();

    private final ServiceTokens tokens = new ServiceTokens("0123456789abcdef0123456789abcdef", Clock.systemUTC());
    private final Election election = new Election();
    private final ConnectionProvider connections = new MetadataConfiguration().workerConnections();
    private final RestClient http = MetadataConfiguration.workerClient(connections);

    private FakeWorker worker;

    @BeforeEach
    void start() throws IOException {
        worker = new FakeWorker(tokens);
        election.lead(worker.api());
    }

    @AfterEach
    void stop() {
        election.close();
        worker.close();
        connections.dispose();
    }

    @Override
    MetadataStore store() {
        return new WorkerMetadataStore(MetadataStore.REALM, election.view, tokens, http, new JsonMapper(),
                Duration.ofSeconds(5));
    }

    private MetadataStore impatient() {
        return new WorkerMetadataStore(MetadataStore.REALM, election.view, tokens, http, new JsonMapper(),
                Duration.ofMillis(100));
    }

    @Test
    void schemaGoesAlongOncePerMaster() {
        MetadataStore store = store();
        assertThat(store.commit(ADD)).isTrue();
        assertThat(store.commit(Transaction.begin().erase(USER).build())).isTrue();
        assertThat(worker.schemas).hasValue(MetadataTable.values().length);
        election.vacate();
        election.lead(worker.api());
        assertThat(store.commit(ADD)).isTrue();
        assertThat(worker.schemas).hasValue(2 * MetadataTable.values().length);
    }

    @Test
    void withoutMasterNothingIsKnown() {
        election.vacate();
        MetadataStore store = impatient();
        assertThat(store.isReachable()).isFalse();
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.find(USER));
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.commit(ADD));
    }

    @Test
    void callsWaitForTheNextMaster() {
        election.vacate();
        MetadataStore store = store();
        CompletableFuture<Boolean> commit = CompletableFuture.supplyAsync(() -> store.commit(ADD));
        election.lead(worker.api());
        assertThat(commit).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
    }

    @Test
    void workerThatIsNotReadyIsAskedAgain() {
        worker.refusals.set(3);
        assertThat(store().commit(ADD)).isTrue();
        assertThat(worker.requests).hasValue(4);
    }

    @Test
    void masterThatDoesNotListenIsReplacedByTheNext() throws IOException {
        MetadataStore store = store();
        worker.close();
        CompletableFuture<Boolean> commit = CompletableFuture.supplyAsync(() -> store.commit(ADD));
        FakeWorker next = new FakeWorker(tokens);
        try (next) {
            election.vacate();
            election.lead(next.api());
            assertThat(commit).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
        }
    }

    @Test
    void masterThatIsFrozenIsReplacedByTheNext() throws IOException {
        MetadataStore store = store();
        try (FakeWorker frozen = new FakeWorker(tokens)) {
            frozen.freeze();
            election.vacate();
            election.lead(frozen.api());
            CompletableFuture<Boolean> commit = CompletableFuture.supplyAsync(() -> store.commit(ADD));
            await().until(() -> frozen.requests.get() == 1);
            election.vacate();
            election.lead(worker.api());
            assertThat(commit).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
        }
    }

    @Test
    void questionWithALostReplyIsRepeated() {
        store().commit(ADD);
        worker.lostReplies.set(2);
        assertThat(store().find(USER)).isNotNull();
    }

    @Test
    void writeWithALostReplyIsRepeatedAndMeetsItsOwnTrace() {
        MetadataStore store = store();
        worker.lostReplies.set(1);
        assertThat(store.commit(ADD)).isFalse();
        assertThat(worker.requests).hasValue(2);
        assertThat(store.find(USER)).isNotNull();
    }

    @Test
    void lostRepliesNeverMakeARegistrationLookTaken() {
        Accounts accounts = new Accounts(store(), AccessList.of(store()).feed(), Clock.systemUTC());
        IdentityKey key = new IdentityKey(new AppId("app"), Provider.EMAIL_PASSWORD, "ann@example.com");
        worker.lostReplies.set(1);
        assertThat(accounts.register(key, "hash")).isTrue();
        assertThat(accounts.register(key, "hash")).isFalse();
        worker.lostReplies.set(1);
        String user = accounts.createAnonymous(new AppId("app"), new NewLogin("l", Instant.EPOCH));
        assertThat(accounts.findUser(user)).isNotNull();
    }

    @Test
    void crowdOfQuestionsIsAnsweredInTurn() throws Exception {
        store().commit(ADD);
        // On a busy machine the last ones in the line need several attempts.
        MetadataStore store =
                new WorkerMetadataStore(MetadataStore.REALM, election.view, tokens, http, new JsonMapper(),
                        Duration.ofMinutes(1));
        List<Callable<Boolean>> questions = Collections.nCopies(1_000, () -> store.find(USER) != null);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> answer : threads.invokeAll(questions)) {
                assertThat(answer.get()).isTrue();
            }
        }
    }

    @Test
    void replyThatStopsHalfWayIsNone() throws IOException {
        HttpServer stalling = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        CountDownLatch over = new CountDownLatch(1);
        stalling.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitQuietly(over);
        });
        stalling.start();
        try {
            election.vacate();
            election.lead(URI.create("http://127.0.0.1:" + stalling.getAddress().getPort()));
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> impatient().find(USER));
        } finally {
            over.countDown();
            stalling.stop(0);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void workerThatDoesNotKnowUsIsNoReasonToDenyAUser() {
        ServiceTokens strange = new ServiceTokens("fedcba9876543210fedcba9876543210", Clock.systemUTC());
        MetadataStore store =
                new WorkerMetadataStore(MetadataStore.REALM, election.view, strange, http, new JsonMapper(),
                        Duration.ofMillis(100));
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.find(USER))
                .withMessageContaining("401");
    }

    /** The master's port may have gone to another server since the lock was taken. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404|", "404|<html>not found</html>", "404|{\"error\":\"no route\"}", "200|{}", "200|[]", "409|{}"
            })
    void answerOfAStrangerIsNoAnswer(int status, @Nullable String body) throws IOException {
        byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        HttpServer stranger = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        stranger.start();
        election.vacate();
        election.lead(URI.create("http://127.0.0.1:" + stranger.getAddress().getPort()));
        MetadataStore store = impatient();
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.find(USER));
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store.commit(ADD));
        stranger.stop(0);
    }

    @Test
    void lostRepliesNeverMakeAKeyLookTaken() {
        Accounts accounts = new Accounts(store(), AccessList.of(store()).feed(), Clock.systemUTC());
        ApiKeys keys = new ApiKeys(store(), Clock.systemUTC());
        String id = accounts.createAnonymous(new AppId("app"), new NewLogin("l", Instant.EPOCH));
        User owner = Objects.requireNonNull(accounts.findUser(id));
        ApiKey key = keys.prepare(owner, "key1", ApiKeySecret.next());
        worker.lostReplies.set(1);
        assertThat(keys.add(owner, key)).isFalse();
        assertThat(accounts.findUser(id)).isNotNull()
                .satisfies(user -> assertThat(user.identities()).containsKey(key.id()));
    }
}
