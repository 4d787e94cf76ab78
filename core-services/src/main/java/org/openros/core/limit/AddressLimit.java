// SPDX-License-Identifier: Apache-2.0
package org.openros.core.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.http.ApiException;
import org.openros.core.http.ClientAddress;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.util.matcher.InetAddressMatcher;
import org.springframework.security.util.matcher.InetAddressMatchers;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/** Counts by address what strangers send: log-ins, registrations, requests for mails, answers to them. */
final class AddressLimit implements WebFilter {
    private static final int IPV6_NETWORK_BYTES = 8;
    private static final int MAX_TOLD = 10_000;
    private static final List<PathPattern> COUNTED = List.of(
            PathPatternParser.defaultInstance.parse("/api/client/v2.0/app/*/auth/providers/**"),
            PathPatternParser.defaultInstance.parse("/auth"),
            PathPatternParser.defaultInstance.parse("/auth/*/updateAccount"),
            PathPatternParser.defaultInstance.parse("/confirm-email"),
            PathPatternParser.defaultInstance.parse("/reset-password"));

    private final Quota quota;
    private final AuditLog audit;
    private final Cache<String, Boolean> told =
            Caffeine.newBuilder().maximumSize(MAX_TOLD).expireAfterWrite(Duration.ofMinutes(1)).build();
    private final List<InetAddressMatcher> exempt;

    AddressLimit(Quota quota, AuditLog audit, List<String> exempt) {
        this.quota = quota;
        this.audit = audit;
        this.exempt = exempt.stream().map(InetAddressMatchers::fromIpAddress).toList();
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        try {
            if (isCounted(exchange)) {
                count(ClientAddress.of(exchange.getRequest()));
            }
        } catch (ApiException e) {
            tell(exchange.getRequest(), e);
            return Mono.error(e);
        }
        return chain.filter(exchange);
    }

    /** Whoever sends thousands of requests does not get thousands of lines. */
    private void tell(ServerHttpRequest request, ApiException refusal) {
        if (told.asMap().putIfAbsent(ClientAddress.of(request), true) == null) {
            audit.entry(AuditEvent.LIMIT, request).refused(refusal);
        }
    }

    private static boolean isCounted(ServerWebExchange exchange) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        return HttpMethod.POST.equals(exchange.getRequest().getMethod())
                && COUNTED.stream().anyMatch(each -> each.matches(path));
    }

    private void count(String address) {
        InetAddress parsed = parse(address);
        if (parsed == null) {
            quota.take(address);
        } else if (exempt.stream().noneMatch(each -> each.matches(parsed))) {
            quota.take(network(parsed));
        }
    }

    /** A literal is parsed without asking anybody; null for anything else. */
    private static @Nullable InetAddress parse(String address) {
        if (address.indexOf(':') < 0 && !address.matches("[0-9.]+")) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(address.replaceAll("%.*$", ""));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** One subscriber has a whole IPv6 network. */
    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return Arrays.toString(bytes.length > 4 ? Arrays.copyOf(bytes, IPV6_NETWORK_BYTES) : bytes);
    }
}
