// SPDX-License-Identifier: Apache-2.0
package org.openros.core.http;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.MDC;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Puts the name that the gateway gave a request into all lines that are logged on its behalf: the diagnostic context
 * (MDC) of whichever thread works for the request has it under {@value #KEY}. A request is handed on at three places:
 * when it comes, when its body comes, and when work goes to another thread.
 */
public final class RequestNames implements WebHttpHandlerBuilderCustomizer {
    /** In the diagnostic context, and in lines of JSON. */
    public static final String KEY = "request";

    private static final String HEADER = "X-Request-Id";

    /** Names of gateways, those of connections included; others may have been made to forge lines. */
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{4,80}");

    RequestNames() {}

    /** The name of a request; null if it has none. */
    public static @Nullable String of(ServerHttpRequest request) {
        String name = request.getHeaders().getFirst(HEADER);
        return name != null && WELL_FORMED.matcher(name).matches() ? name : null;
    }

    /** Virtual threads, as many as there are tasks, that work for the request for which a task was given to them. */
    public static AsyncTaskExecutor threads(String prefix) {
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(prefix);
        executor.setVirtualThreads(true);
        executor.setTaskDecorator(task -> {
            String name = MDC.get(KEY);
            return name == null ? task : () -> run(name, task);
        });
        return executor;
    }

    @Override
    public void customize(WebHttpHandlerBuilder builder) {
        builder.httpHandlerDecorator(inner -> (request, response) -> {
            String name = of(request);
            return name == null ? inner.handle(request, response) : handle(inner, name, request, response);
        });
    }

    private static Mono<Void> handle(
            HttpHandler inner, String name, ServerHttpRequest request, ServerHttpResponse response) {
        Mono<Void> handled = inner.handle(new NamedRequest(name, request), response);
        return Mono.from(subscriber -> run(name, () -> handled.subscribe(subscriber)));
    }

    private static void run(String name, Runnable task) {
        try (MDC.MDCCloseable named = MDC.putCloseable(KEY, name)) {
            task.run();
        }
    }

    /** What waits for the body goes on in the thread that reads it from the connection. */
    private static final class NamedRequest extends ServerHttpRequestDecorator {
        private final String name;

        NamedRequest(String name, ServerHttpRequest request) {
            super(request);
            this.name = name;
        }

        @Override
        public Flux<DataBuffer> getBody() {
            Flux<DataBuffer> body = super.getBody();
            return new Flux<>() {
                @Override
                public void subscribe(CoreSubscriber<? super DataBuffer> reader) {
                    body.subscribe(new NamedReader(name, reader));
                }
            };
        }
    }

    /** Passes everything on. */
    private record NamedReader(String name, CoreSubscriber<? super DataBuffer> reader)
            implements CoreSubscriber<DataBuffer> {
        @Override
        public Context currentContext() {
            return reader.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            reader.onSubscribe(subscription);
        }

        @Override
        public void onNext(DataBuffer part) {
            run(name, () -> reader.onNext(part));
        }

        @Override
        public void onError(Throwable failure) {
            run(name, () -> reader.onError(failure));
        }

        @Override
        public void onComplete() {
            run(name, reader::onComplete);
        }
    }
}
