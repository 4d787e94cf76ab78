// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the sync connections.
 *
 * <pre>{@code
 * ros:
 *   sync:
 *     idle-timeout: 5m
 *     master-timeout: 10s
 *     settled: 1s
 *     max-held: 20000
 *     max-sessions: 1000
 *     max-message: 64MB
 *     read-ahead: 256KB
 * }</pre>
 *
 * @param idleTimeout a connection without any message from the client for this time is closed; default 5 min. Clients
 *     send a PING each minute
 * @param masterTimeout how long a BIND waits for a master that takes the session; default 10 s, after that the client
 *     is told to try again
 * @param settled how long a session has been served that is called back at once when its master goes; default 1 s.
 *     Others come back after a second, so that none runs in circles
 * @param maxHeld the most sessions of this gateway that wait for a master at the same time; default 20,000, the others
 *     are told to try again
 * @param maxSessions the most sessions of one connection; default 1,000
 * @param maxMessage the largest message of a client; default 64 MB, which is also the largest that a worker takes
 * @param readAhead how many bytes of a connection may wait for workers before the gateway stops reading from it;
 *     default 256 KB
 */
@ConfigurationProperties("ros.sync")
public record SyncSettings(
        @DefaultValue("5m") Duration idleTimeout,
        @DefaultValue("10s") Duration masterTimeout,
        @DefaultValue("1s") Duration settled,
        @DefaultValue("20000") int maxHeld,
        @DefaultValue("1000") int maxSessions,
        @DefaultValue("64MB") DataSize maxMessage,
        @DefaultValue("256KB") DataSize readAhead) {}
