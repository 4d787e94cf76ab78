// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Ends streams of events when the gateway stops: their readers go on at another one, and the web server waits for
 * nobody.
 */
final class EventStreams implements WebFilter, SmartLifecycle {
    private volatile Sinks.@Nullable Empty<Void> end;

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Sinks.Empty<Void> stop = end;
        return stop == null
                ? chain.filter(exchange)
                : chain.filter(exchange.mutate()
                        .response(new Ending(exchange.getResponse(), stop.asMono()))
                        .build());
    }

    /** Only streams are flushed piece by piece. */
    private static final class Ending extends ServerHttpResponseDecorator {
        private final Mono<Void> end;

        Ending(ServerHttpResponse response, Mono<Void> end) {
            super(response);
            this.end = end;
        }

        @Override
        public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
            return super.writeAndFlushWith(Flux.from(body).takeUntilOther(end));
        }
    }

    @Override
    public void start() {
        end = Sinks.empty();
    }

    @Override
    public void stop() {
        Sinks.Empty<Void> stop = end;
        end = null;
        if (stop != null) {
            stop.tryEmitEmpty();
        }
    }

    @Override
    public boolean isRunning() {
        return end != null;
    }

    /** Before the web server, which would wait for the streams otherwise. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 1;
    }
}
