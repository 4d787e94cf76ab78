// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells browsers which pages may read answers. A call with an origin that is not listed passes without that permission
 * and is not refused: 403 would log a user out, and clients other than browsers may name an origin too.
 */
final class CorsRules implements CorsConfigurationSource {
    private final CorsConfiguration rules = new CorsConfiguration();

    CorsRules(CorsSettings settings) {
        rules.setAllowedOrigins(settings.origins());
        rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        rules.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        rules.setExposedHeaders(List.of(HttpHeaders.RETRY_AFTER, HttpHeaders.ETAG, "X-Request-Id"));
        rules.setMaxAge(settings.maxAge());
    }

    @Override
    public @Nullable CorsConfiguration getCorsConfiguration(ServerWebExchange exchange) {
        String origin = exchange.getRequest().getHeaders().getOrigin();
        return origin != null && rules.checkOrigin(origin) != null ? rules : null;
    }
}
