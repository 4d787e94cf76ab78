// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of deleted realms.
 *
 * <pre>
 * ros:
 *   directory:
 *     trash:
 *       retention: 7d
 * </pre>
 *
 * @param retention how long a deleted realm can be restored; 0 to 3650 days, default 7 days
 */
@ConfigurationProperties("ros.directory.trash")
public record TrashProperties(@DefaultValue("7d") Duration retention) {
    private static final Duration LONGEST = Duration.ofDays(3650);

    /**
     * Checks the time.
     *
     * @throws IllegalArgumentException if it is out of bounds
     */
    public TrashProperties {
        if (retention.isNegative() || retention.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("ros.directory.trash.retention is 0 to 3650 days");
        }
    }
}
