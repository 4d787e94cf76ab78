// SPDX-License-Identifier: Apache-2.0
package org.openros.core.audit;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the audit log goes.
 *
 * <pre>
 * ros:
 *   audit:
 *     file: /var/log/ros/audit.jsonl
 *     max-size: 100MB
 *     days: 90
 * </pre>
 *
 * @param file a file of its own, in place of the common log; default none
 * @param maxSize a new file is begun each day, and beyond this size; default 100 MB
 * @param days how long old files are kept; default 90
 */
@ConfigurationProperties("ros.audit")
public record AuditProperties(
        @Nullable Path file, @DefaultValue("100MB") DataSize maxSize, @DefaultValue("90") int days) {
    /** Refuses what cannot work. */
    public AuditProperties {
        if (maxSize.toBytes() < 1 || days < 1) {
            throw new IllegalArgumentException("ros.audit: max-size and days must be positive");
        }
    }
}
