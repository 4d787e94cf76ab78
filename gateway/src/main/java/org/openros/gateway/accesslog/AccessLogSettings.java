// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.accesslog;

import org.openros.gateway.edge.Bounds;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where the access log goes.
 *
 * <pre>{@code
 * ros:
 *   gateway:
 *     access-log:
 *       file: /var/log/openros/access.log
 *       max-size: 100MB
 *       keep: 10
 * }</pre>
 *
 * @param file the file, or {@code -} for standard output; default none: no access log
 * @param maxSize at which size a new file is begun; default 100 MB
 * @param keep how many full files are kept; default 10
 */
@ConfigurationProperties("ros.gateway.access-log")
public record AccessLogSettings(
        @DefaultValue("") String file, @DefaultValue("100MB") DataSize maxSize, @DefaultValue("10") int keep) {
    /** The file name that stands for standard output. */
    static final String STANDARD_OUTPUT = "-";

    /** Checks the bounds. */
    public AccessLogSettings {
        Bounds.check("ros.gateway.access-log.max-size", maxSize, DataSize.ofKilobytes(1), DataSize.ofTerabytes(1));
        Bounds.check("ros.gateway.access-log.keep", keep, 1, 20);
    }
}
