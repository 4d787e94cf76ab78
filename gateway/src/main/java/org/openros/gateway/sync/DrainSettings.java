// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.time.Duration;
import org.openros.gateway.edge.Bounds;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a gateway goes away.
 *
 * <pre>{@code
 * ros:
 *   gateway:
 *     drain:
 *       delay: 0s
 *       window: 2s
 * }</pre>
 *
 * @param delay how long the gateway goes on after it says that it is not ready, so that balancers notice; default none
 * @param window over which time the connections are ended, so that their clients do not all come back in one moment;
 *     default 2 s. Fewer connections take less of it
 */
@ConfigurationProperties("ros.gateway.drain")
public record DrainSettings(@DefaultValue("0s") Duration delay, @DefaultValue("2s") Duration window) {
    /** Checks the bounds. */
    public DrainSettings {
        Bounds.check("ros.gateway.drain.delay", delay, Duration.ZERO, Duration.ofMinutes(10));
        Bounds.check("ros.gateway.drain.window", window, Duration.ZERO, Duration.ofMinutes(10));
    }
}
