// SPDX-License-Identifier: Apache-2.0
package org.openros.core.object;

import io.netty.handler.timeout.ReadTimeoutException;
import java.net.ConnectException;
import java.time.Duration;
import org.openros.cluster.GroupView;
import org.openros.cluster.Master;
import org.openros.core.problem.Problem;
import org.openros.core.problem.ProblemException;
import org.openros.domain.token.ServiceTokens;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.BodyInserter;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.util.retry.Retry;

/**
 * Asks the masters of groups. While there is no master it waits for one, a short time. What certainly did nothing is
 * repeated, and so is what may be done twice; a change of which nobody knows whether it was made is said to be just
 * that.
 */
final class Workers {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final GroupView groups;
    private final ServiceTokens tokens;
    private final WebClient http;
    private final Duration patience;

    /**
     * Creates the object.
     *
     * @param http never repeats a request by itself
     * @param patience how long a request waits for a master
     */
    Workers(GroupView groups, ServiceTokens tokens, HttpClient http, Duration patience) {
        this.groups = groups;
        this.tokens = tokens;
        this.http = WebClient.builder().clientConnector(new ReactorClientHttpConnector(http)).build();
        this.patience = patience;
    }

    /** Gives the answer to a consumer, or ends in an error reply. */
    Mono<Void> ask(WorkerRequest request, Answering answering) {
        long end = System.nanoTime() + patience.toNanos();
        return Mono.defer(() -> once(request, answering))
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE)
                        .filter(failure -> failure instanceof AgainException && System.nanoTime() < end))
                .onErrorMap(AgainException.class, AgainException::reply);
    }

    /** Passes the answer on. */
    @FunctionalInterface
    interface Answering {
        Mono<Void> pass(ClientResponse answer);
    }

    private Mono<Void> once(WorkerRequest request, Answering answering) {
        Master master = groups.master(request.group());
        if (master == null) {
            return Mono.error(new AgainException(Problem.SERVICE_UNAVAILABLE.exception(
                    "the group " + request.group() + " has no master at the moment: nothing was done")));
        }
        return http.method(request.method())
                .uri(request.at(master))
                .headers(headers -> {
                    headers.addAll(request.headers());
                    headers.setBearerAuth(tokens.issue("core-services"));
                })
                .body(body(request))
                .exchangeToMono(answer -> judge(request, answer, answering))
                .onErrorMap(WebClientRequestException.class, failure -> failed(request, failure))
                .onErrorMap(ReadTimeoutException.class, failure -> failed(request, failure));
    }

    /** The body, with the time that the worker may take for this request. */
    private static BodyInserter<?, ClientHttpRequest> body(WorkerRequest request) {
        BodyInserter<byte[], ClientHttpRequest> bytes =
                (sent, context) -> request.isWrite()
                        ? BodyInserters.fromValue(request.body().bytes()).insert(sent, context)
                        : sent.setComplete();
        return (sent, context) -> {
            HttpClientRequest netty = sent.getNativeRequest();
            netty.responseTimeout(request.silence());
            return bytes.insert(sent, context);
        };
    }

    private Mono<Void> judge(WorkerRequest request, ClientResponse answer, Answering answering) {
        if (answer.statusCode().value() != HttpStatus.SERVICE_UNAVAILABLE.value()) {
            return answering.pass(answer);
        }
        return answer.bodyToMono(String.class).defaultIfEmpty("").flatMap(body -> {
            boolean nothingDone = body.contains("problem:unavailable");
            return Mono.error(nothingDone || request.isRepeatable()
                    ? new AgainException(nothingDone ? unavailable() : unknown())
                    : unknown());
        });
    }

    private static Throwable failed(WorkerRequest request, Throwable failure) {
        LOG.debug("no answer to {} {}", request.method(), request.route(), failure);
        boolean neverSent = failure.getCause() instanceof ConnectException;
        if (neverSent || !request.isWrite()) {
            return new AgainException(unavailable());
        }
        return request.isRepeatable() ? new AgainException(unknown()) : unknown();
    }

    private static ProblemException unavailable() {
        return Problem.SERVICE_UNAVAILABLE.exception("no master answers at the moment: nothing was done, try again");
    }

    private static ProblemException unknown() {
        return Problem.OUTCOME_UNKNOWN.exception("it is not known whether the change was made:"
                + " look, or repeat it with the same Idempotency-Key");
    }

    /** The request can be sent again. */
    private static final class AgainException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final ProblemException reply;

        AgainException(ProblemException reply) {
            super(reply.getMessage(), null, false, false);
            this.reply = reply;
        }

        ProblemException reply() {
            return reply;
        }
    }
}
