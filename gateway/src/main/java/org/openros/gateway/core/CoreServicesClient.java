// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.reactor.retry.RetryOperator;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openros.domain.AppId;
import org.openros.domain.GroupId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Asks core services over HTTP. Only an answer that was understood decides; everything else is "undecided". */
final class CoreServicesClient implements Authorizer, AccessNewsSource, CoreServicesHealth {
    private static final Logger LOG = LoggerFactory.getLogger(CoreServicesClient.class);
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(3);

    /** Another instance is asked the next time. */
    private static final Duration NEWS_TIMEOUT = Duration.ofSeconds(2);

    /** How much longer a question may take that has gone to several instances. */
    private static final Duration FURTHER_TRIES = Duration.ofMillis(500);

    private static final String REQUEST_ID = "X-Request-Id";

    private final WebClient http;
    private final CoreServicesPool pool;
    private final Supplier<String> serviceToken;
    private final Duration timeout;

    /** Questions change nothing, so one that broke off is asked again. */
    private final Retry retry = Retry.of("questions", RetryConfig.custom()
            .maxAttempts(2)
            .waitDuration(Duration.ofMillis(50))
            .retryOnException(CoreServicesClient::isBrokenOff)
            .build());

    CoreServicesClient(WebClient http, CoreServicesPool pool, Supplier<String> serviceToken, Duration timeout) {
        this.http = http;
        this.pool = pool;
        this.serviceToken = serviceToken;
        this.timeout = timeout;
    }

    private record Answer(int status, JsonNode body) {
        String text(String key) {
            return body.path(key).asString("");
        }
    }

    @Override
    public Mono<ConnectionAuthorization> connection(AppId app, String accessToken, String requestId) {
        Map<String, String> question = Map.of("appId", app.value(), "accessToken", accessToken);
        return ask("/internal/v1/connections/authorize", question, requestId)
                .map(CoreServicesClient::connectionOutcome)
                .onErrorResume(failure -> Mono.just(new ConnectionAuthorization.Undecided(describe(failure))));
    }

    @Override
    public Mono<RealmAuthorization> realm(AppId app, String accessToken, String partition, String requestId) {
        Map<String, String> question =
                Map.of("appId", app.value(), "accessToken", accessToken, "partition", partition);
        return ask("/internal/v1/realms/authorize", question, requestId)
                .map(CoreServicesClient::realmOutcome)
                .onErrorResume(failure -> Mono.just(new RealmAuthorization.Undecided(describe(failure))));
    }

    @Override
    public Mono<Boolean> isReady() {
        return inTurn(
                        instance -> http.get()
                                .uri(instance.resolve("/readyz"))
                                .exchangeToMono(response -> response.releaseBody()
                                        .thenReturn(response.statusCode().is2xxSuccessful())))
                .timeout(HEALTH_TIMEOUT)
                .onErrorReturn(false);
    }

    @Override
    public Mono<AccessNews> newsAfter(long number) {
        return inTurn(
                        pool.candidates(),
                        instance -> http.get()
                                .uri(instance.resolve("/internal/v1/access/changes?after=" + number))
                                .headers(headers -> headers.setBearerAuth(serviceToken.get()))
                                .exchangeToMono(CoreServicesClient::read))
                .timeout(NEWS_TIMEOUT)
                .filter(answer -> answer.status() == 200 && answer.body().path("changes").isArray())
                .map(CoreServicesClient::news)
                .onErrorResume(failure -> {
                    LOG.debug("access changes cannot be read", failure);
                    return Mono.empty();
                });
    }

    private static AccessNews news(Answer answer) {
        List<AccessNews.Change> changes = answer.body().path("changes").valueStream()
                .map(change -> new AccessNews.Change(
                        change.path("number").asLong(), textOrNull(change, "path"), textOrNull(change, "user")))
                .toList();
        return new AccessNews(
                answer.body().path("last").asLong(), answer.body().path("complete").asBoolean(), changes);
    }

    private static @Nullable String textOrNull(JsonNode node, String key) {
        return node.hasNonNull(key) ? node.path(key).asString() : null;
    }

    private Mono<Answer> ask(String path, Map<String, String> question, String requestId) {
        return inTurn(
                        instance -> http.post()
                                .uri(instance.resolve(path))
                                .headers(headers -> headers.setBearerAuth(serviceToken.get()))
                                .header(REQUEST_ID, requestId)
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(question)
                                .exchangeToMono(CoreServicesClient::read)
                                .timeout(timeout))
                .transformDeferred(RetryOperator.of(retry))
                .timeout(timeout.plus(FURTHER_TRIES));
    }

    private <T> Mono<T> inTurn(Function<URI, Mono<T>> call) {
        return Mono.defer(() -> inTurn(pool.candidates(), call));
    }

    private <T> Mono<T> inTurn(List<URI> candidates, Function<URI, Mono<T>> call) {
        URI instance = candidates.getFirst();
        List<URI> others = candidates.subList(1, candidates.size());
        return pool.call(instance, call.apply(instance)).onErrorResume(CoreServicesClient::isOfInstance, failure -> {
            pool.unreachable(instance);
            return others.isEmpty() ? Mono.error(failure) : inTurn(others, call);
        });
    }

    private static boolean isBrokenOff(Throwable failure) {
        return failure instanceof WebClientRequestException && failure.getCause() instanceof IOException;
    }

    private static boolean isOfInstance(Throwable failure) {
        return failure instanceof WebClientRequestException || failure instanceof CallNotPermittedException;
    }

    private static Mono<Answer> read(ClientResponse response) {
        return response.bodyToMono(JsonNode.class)
                .defaultIfEmpty(JsonNodeFactory.instance.objectNode())
                .onErrorReturn(JsonNodeFactory.instance.objectNode())
                .map(body -> new Answer(response.statusCode().value(), body));
    }

    private static ConnectionAuthorization connectionOutcome(Answer answer) {
        return switch (answer.status()) {
            case 200 -> new ConnectionAuthorization.Granted(answer.text("userId"));
            case 401 -> isOurs(answer)
                    ? new ConnectionAuthorization.Unauthorized(answer.text("error"))
                    : new ConnectionAuthorization.Undecided("core services do not accept the gateway");
            case 404 -> isOurs(answer)
                    ? ConnectionAuthorization.UnknownApp.INSTANCE
                    : new ConnectionAuthorization.Undecided("core services do not know the question");
            default -> new ConnectionAuthorization.Undecided("core services answered " + answer.status());
        };
    }

    private static RealmAuthorization realmOutcome(Answer answer) {
        return switch (answer.status()) {
            case 200 -> granted(answer);
            case 400 -> isOurs(answer)
                    ? new RealmAuthorization.BadPartition(answer.text("error"))
                    : new RealmAuthorization.Undecided("core services do not understand the question");
            case 401 -> isOurs(answer)
                    ? new RealmAuthorization.Unauthorized(answer.text("error"))
                    : new RealmAuthorization.Undecided("core services do not accept the gateway");
            case 403 -> isOurs(answer)
                    ? new RealmAuthorization.Denied(answer.text("error"))
                    : new RealmAuthorization.Undecided("core services do not let the gateway ask");
            case 410 -> isOurs(answer)
                    ? new RealmAuthorization.Deleted(answer.text("error"))
                    : new RealmAuthorization.Undecided("core services do not know the question");
            default -> new RealmAuthorization.Undecided("core services answered " + answer.status());
        };
    }

    private static RealmAuthorization granted(Answer answer) {
        RealmStanding standing = new RealmStanding(
                answer.text("path"), answer.text("userId"), answer.body().path("asOf").asLong(0));
        return new RealmAuthorization.Granted(new GroupId(answer.text("group")), answer.text("realmToken"), standing);
    }

    /** A status alone might come from anything in between; a refusal that costs the user something names its reason. */
    private static boolean isOurs(Answer answer) {
        return !answer.text("error").isEmpty();
    }

    private static String describe(Throwable failure) {
        LOG.debug("core services cannot be asked", failure);
        return "core services cannot be asked: " + failure.getClass().getSimpleName();
    }
}
