// SPDX-License-Identifier: Apache-2.0
package org.openros.core.permission;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What users may do without a grant.
 *
 * <pre>
 * ros:
 *   permissions:
 *     rules:
 *       - partition: /~/**
 *         access: admin
 *       - app: shop-abcde
 *         partition: "%%user.id"
 *         access: write
 *       - partition: news
 *         access: read
 * </pre>
 *
 * @param rules of an app the first that fits the realm counts; if none fits, nothing is allowed. An app without any
 *     rule is open: each of its users reads and writes each of its realms
 */
@ConfigurationProperties("ros.permissions")
public record PermissionProperties(@DefaultValue List<PermissionRule> rules) {
    /** Takes a copy. */
    public PermissionProperties {
        rules = List.copyOf(rules);
    }
}
