// SPDX-License-Identifier: Apache-2.0
package org.openros.security;

import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.ServiceTokens;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Reads and checks the service token of an internal call. */
final class ServiceAuthentication implements ServerAuthenticationConverter {
    /** The authority of callers that belong to this installation. */
    static final String SERVICE = "SERVICE";

    private final ServiceTokens tokens;

    ServiceAuthentication(ServiceTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return Mono.justOrEmpty(BearerToken.of(header))
                .map(token -> UsernamePasswordAuthenticationToken.unauthenticated("service", token));
    }

    /** Checks what {@link #convert} read. */
    Mono<Authentication> authenticate(Authentication presented) {
        try {
            String service = tokens.verify(String.valueOf(presented.getCredentials()));
            return Mono.just(UsernamePasswordAuthenticationToken.authenticated(
                    service, null, AuthorityUtils.createAuthorityList(SERVICE)));
        } catch (InvalidTokenException e) {
            return Mono.error(new BadCredentialsException(e.reason().name(), e));
        }
    }
}
