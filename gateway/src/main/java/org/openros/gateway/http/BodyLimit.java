// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Refuses request bodies above a size, by their stated length or else while they are read. */
final class BodyLimit implements WebFilter {
    private final long limit;

    BodyLimit(long limit) {
        this.limit = limit;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        long stated = exchange.getRequest().getHeaders().getContentLength();
        if (stated > limit) {
            return Refusal.TOO_LARGE.write(exchange.getResponse());
        }
        return stated >= 0 || !hasBody(exchange.getRequest())
                ? chain.filter(exchange)
                : chain.filter(exchange.mutate().request(new Counted(exchange.getRequest())).build());
    }

    private static boolean hasBody(ServerHttpRequest request) {
        return request.getHeaders().containsHeader("Transfer-Encoding");
    }

    /** A request whose body fails when it gets too long. */
    private final class Counted extends ServerHttpRequestDecorator {
        Counted(ServerHttpRequest request) {
            super(request);
        }

        @Override
        public Flux<DataBuffer> getBody() {
            AtomicLong read = new AtomicLong();
            return super.getBody().handle((buffer, sink) -> {
                if (read.addAndGet(buffer.readableByteCount()) > limit) {
                    DataBufferUtils.release(buffer);
                    sink.error(new DataBufferLimitException("the request body is too large"));
                } else {
                    sink.next(buffer);
                }
            });
        }
    }
}
