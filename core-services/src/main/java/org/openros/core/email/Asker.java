// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import org.openros.core.http.ClientAddress;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Who asked for a mail, as far as the mail tells it.
 *
 * @param address where the request came from
 * @param userAgent what the request says about the program; empty if nothing
 */
public record Asker(String address, String userAgent) {
    private static final int MAX_USER_AGENT = 200;

    /** Who sends a request. */
    public static Asker of(ServerHttpRequest request) {
        String agent = request.getHeaders().getFirst(HttpHeaders.USER_AGENT);
        String text = agent == null ? "" : agent.replaceAll("[^\\x20-\\x7E]", "?");
        return new Asker(
                ClientAddress.of(request), text.substring(0, Math.min(text.length(), MAX_USER_AGENT)));
    }
}
