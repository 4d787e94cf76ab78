// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import java.time.Duration;
import java.util.List;
import org.openros.gateway.edge.Bounds;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which web pages may use the HTTP side from a browser.
 *
 * <pre>{@code
 * ros:
 *   gateway:
 *     cors:
 *       origins: [https://app.example]
 *       max-age: 1h
 * }</pre>
 *
 * @param origins the pages' origins, or {@code *} for all; default none. Native clients need none
 * @param maxAge how long a browser may remember the answer; default 1 h
 */
@ConfigurationProperties("ros.gateway.cors")
public record CorsSettings(@DefaultValue List<String> origins, @DefaultValue("1h") Duration maxAge) {
    /** Checks the bounds. */
    public CorsSettings {
        Bounds.check("ros.gateway.cors.max-age", maxAge, Duration.ZERO, Duration.ofDays(1));
    }
}
