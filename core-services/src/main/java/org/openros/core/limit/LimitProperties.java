// SPDX-License-Identifier: Apache-2.0
package org.openros.core.limit;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of each process of core services; two processes admit twice as much.
 *
 * <pre>
 * ros:
 *   auth:
 *     limits:
 *       address-per-minute: 20
 *       address-burst: 40
 *       account-per-minute: 10
 *       refresh-per-minute: 120
 *       exempt: [127.0.0.0/8, "::1"]
 * </pre>
 *
 * @param addressPerMinute log-ins, registrations and mails asked for by one address, IPv6 by its /64 network; 0 means
 *     no limit; default 20
 * @param addressBurst how many of them at once after a quiet time; default 40
 * @param accountPerMinute wrong passwords for one account, whether it exists or not; 0 means no limit; default 10
 * @param refreshPerMinute access tokens for one user; 0 means no limit; default 120
 * @param exempt addresses and networks (CIDR) whose requests are not counted by address; default this machine
 */
@ConfigurationProperties("ros.auth.limits")
public record LimitProperties(
        @DefaultValue("20") int addressPerMinute,
        @DefaultValue("40") int addressBurst,
        @DefaultValue("10") int accountPerMinute,
        @DefaultValue("120") int refreshPerMinute,
        @DefaultValue({"127.0.0.0/8", "::1"}) List<String> exempt) {
    /** Refuses numbers that mean nothing. */
    public LimitProperties {
        if (addressPerMinute < 0 || addressBurst < 1 || accountPerMinute < 0 || refreshPerMinute < 0) {
            throw new IllegalArgumentException("ros.auth.limits: 0 or more, address-burst 1 or more");
        }
    }
}
