// SPDX-License-Identifier: Apache-2.0
package org.openros.core.object;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.cluster.GroupView;
import org.openros.cluster.Master;
import org.openros.core.object.WorkerRequest.Body;
import org.openros.core.problem.Problem;
import org.openros.core.problem.ProblemException;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.token.ServiceTokens;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.LinkedMultiValueMap;
import reactor.netty.http.client.HttpClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is done when masters change and connections break. */
final class WorkersTest {
    private static final String NOT_MASTER = "503:{\"type\":\"urn:realm-server:problem:unavailable\"}";
    private static final String PERHAPS = "503:{\"type\":\"urn:realm-server:problem:outcome-unknown\"}";
    private static final String CUT = "cut";

    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable Master> master = new AtomicReference<>();
    private HttpServer worker;

    @BeforeEach
    void start() throws IOException {
        worker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        worker.createContext("/", this::answer);
        worker.start();
        master.set(master(worker.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        worker.stop(0);
    }

    private static Master master(int port) {
        URI address = URI.create("http://127.0.0.1:" + port);
        return new Master(GroupId.DEFAULT, new Epoch(1), "worker", address, address, null);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
        String answer = answers.remove();
        if (!answer.equals(CUT)) {
            byte[] bytes = answer.substring(4).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    /** The masters that this test names. */
    private final class Named implements GroupView {
        @Override
        public @Nullable Master master(GroupId group) {
            return master.get();
        }

        @Override
        public Registration watch(GroupId group, Consumer<@Nullable Master> listener) {
            return () -> {};
        }
    }

    private String ask(HttpMethod method, @Nullable String key, Duration patience) {
        HttpHeaders headers = new HttpHeaders();
        if (key != null) {
            headers.set("Idempotency-Key", key);
        }
        LinkedMultiValueMap<String, String> parameters = new LinkedMultiValueMap<>();
        parameters.set("realm", "/app/a%2Fb&c");
        parameters.put("class", List.of("{x}", "y"));
        WorkerRequest request = new WorkerRequest(
                GroupId.DEFAULT, method, "object", parameters, headers, body(method), Duration.ofSeconds(5));
        ServiceTokens tokens = new ServiceTokens("a secret of the tests, 32 bytes or more", Clock.systemUTC());
        AtomicReference<String> answer = new AtomicReference<>("");
        new Workers(new Named(), tokens, HttpClient.create().disableRetry(true), patience)
                .ask(request, given -> given.bodyToMono(String.class).doOnNext(answer::set).then())
                .block(Duration.ofSeconds(20));
        return String.valueOf(answer.get());
    }

    private static Body body(HttpMethod method) {
        return method.equals(HttpMethod.GET) ? Body.NONE : new Body("{}".getBytes(StandardCharsets.UTF_8));
    }

    private String ask(HttpMethod method, @Nullable String key) {
        return ask(method, key, Duration.ofSeconds(5));
    }

    private Problem problem(HttpMethod method, @Nullable String key) {
        return catchThrowableOfType(ProblemException.class, () -> ask(method, key, Duration.ofMillis(300)))
                .problem();
    }

    @Test
    void parametersArriveAsTheyAre() {
        answers.add("200:fine");
        assertThat(ask(HttpMethod.PUT, null)).isEqualTo("fine");
        assertThat(requests).containsExactly(
                "PUT /internal/v1/data/object?realm=%2Fapp%2Fa%252Fb%26c&class=%7Bx%7D&class=y {}");
    }

    @Test
    void whatDidNothingIsRepeatedAtTheNextMaster() {
        answers.addAll(List.of(NOT_MASTER, NOT_MASTER, "200:fine"));
        assertThat(ask(HttpMethod.PUT, null)).isEqualTo("fine");
        assertThat(requests).hasSize(3);
    }

    @Test
    void changeThatWasCutOffIsNotRepeatedButSaidToBeUnknown() {
        answers.addAll(List.of(CUT, "200:fine"));
        assertThat(problem(HttpMethod.PUT, null)).isEqualTo(Problem.OUTCOME_UNKNOWN);
        assertThat(requests).hasSize(1);
    }

    @Test
    void changeWithAKeyIsRepeated() {
        answers.addAll(List.of(CUT, PERHAPS, "200:fine"));
        assertThat(ask(HttpMethod.PUT, "k")).isEqualTo("fine");
        assertThat(requests).hasSize(3);
    }

    @Test
    void changeWhoseWorkerDoesNotKnowIsSaidToBeUnknown() {
        answers.add(PERHAPS);
        assertThat(problem(HttpMethod.POST, null)).isEqualTo(Problem.OUTCOME_UNKNOWN);
    }

    @Test
    void readingIsRepeated() {
        answers.addAll(List.of(CUT, NOT_MASTER, "200:fine"));
        assertThat(ask(HttpMethod.GET, null)).isEqualTo("fine");
    }

    @Test
    void withoutMasterItIsCertainThatNothingWasDone() throws IOException {
        master.set(null);
        assertThat(problem(HttpMethod.PUT, null)).isEqualTo(Problem.SERVICE_UNAVAILABLE);
        try (ServerSocket closed = new ServerSocket(0)) {
            master.set(master(closed.getLocalPort()));
        }
        assertThat(problem(HttpMethod.PUT, null)).isEqualTo(Problem.SERVICE_UNAVAILABLE);
    }

    @Test
    void errorsOfTheRequestArePassedOn() {
        answers.add("422:no");
        assertThat(ask(HttpMethod.PUT, null)).isEqualTo("no");
    }
}
