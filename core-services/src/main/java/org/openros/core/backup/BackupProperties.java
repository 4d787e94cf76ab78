// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where backups go.
 *
 * <pre>
 * ros:
 *   backup:
 *     folder: /mnt/backups
 *     reserve: 1GB
 * </pre>
 *
 * @param folder the same one for all core services that run the service {@code admin}; made if it is missing. Without
 *     it there are no backups
 * @param reserve what a backup leaves free on the disk of the folder; 0 to 1024 GB, default 1 GB
 */
@ConfigurationProperties("ros.backup")
public record BackupProperties(@Nullable Path folder, @DefaultValue("1GB") DataSize reserve) {
    private static final DataSize MOST = DataSize.ofGigabytes(1024);

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is out of bounds
     */
    public BackupProperties {
        if (reserve.isNegative() || reserve.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("ros.backup.reserve is 0 to 1024 GB");
        }
    }
}
