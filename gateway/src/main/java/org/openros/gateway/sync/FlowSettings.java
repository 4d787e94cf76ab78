// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.time.Duration;
import org.openros.gateway.edge.Bounds;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of the sync connections may be under way.
 *
 * <pre>{@code
 * ros:
 *   gateway:
 *     uploads-per-second: 20000
 *     outgoing-per-connection: 32MB
 *     buffered: 256MB
 *     slow-client-timeout: 60s
 * }</pre>
 *
 * @param uploadsPerSecond the most uploads of one session in a second, lastingly; default 20,000. A client that sends
 *     more is slowed down by not reading from its connection
 * @param outgoingPerConnection the most bytes that wait for one client, of all its sessions together, beside what its
 *     socket has taken; default 32 MB. The session whose message would exceed it is told to try again; a message is
 *     sent even if it is larger alone
 * @param buffered the most bytes that wait in the whole gateway, for clients that do not read, for workers that do not
 *     keep up, and for the rest of messages; default 256 MB. Above that, sessions whose clients do not read are told to
 *     try again, and connections in the middle of a large message are closed
 * @param slowClientTimeout how long a client may take nothing while data waits for it; default 60 s. Then its
 *     connection is closed
 */
@ConfigurationProperties("ros.gateway")
public record FlowSettings(
        @DefaultValue("20000") int uploadsPerSecond,
        @DefaultValue("32MB") DataSize outgoingPerConnection,
        @DefaultValue("256MB") DataSize buffered,
        @DefaultValue("60s") Duration slowClientTimeout) {
    /** Checks the bounds. */
    public FlowSettings {
        Bounds.check("ros.gateway.uploads-per-second", uploadsPerSecond, 1, 1_000_000);
        Bounds.check("ros.gateway.outgoing-per-connection", outgoingPerConnection,
                DataSize.ofKilobytes(64), DataSize.ofGigabytes(1));
        Bounds.check("ros.gateway.buffered", buffered, DataSize.ofMegabytes(1), DataSize.ofTerabytes(1));
        Bounds.check("ros.gateway.slow-client-timeout", slowClientTimeout,
                Duration.ofMillis(100), Duration.ofHours(1));
    }
}
