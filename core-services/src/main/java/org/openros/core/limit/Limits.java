// SPDX-License-Identifier: Apache-2.0
package org.openros.core.limit;

import io.github.bucket4j.TimeMeter;

/**
 * The limits of this process. Thread-safe.
 *
 * @param addresses of requests that strangers may make
 * @param accounts of wrong passwords
 * @param refreshes of access tokens
 */
public record Limits(Quota addresses, Quota accounts, Quota refreshes) {
    static Limits of(LimitProperties settings, TimeMeter time) {
        return new Limits(
                new Quota(settings.addressPerMinute(), settings.addressBurst(), time),
                new Quota(settings.accountPerMinute(), settings.accountPerMinute(), time),
                new Quota(settings.refreshPerMinute(), settings.refreshPerMinute(), time));
    }
}
