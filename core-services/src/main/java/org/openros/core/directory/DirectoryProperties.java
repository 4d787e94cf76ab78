// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.util.List;
import org.openros.core.permission.RealmPattern;
import org.openros.domain.GroupId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where new realms go.
 *
 * <pre>
 * ros:
 *   directory:
 *     groups:
 *       - name: default
 *       - name: eu-1
 *         weight: 3
 *     placement:
 *       - app: shop-eu
 *         group: eu-1
 * </pre>
 *
 * @param groups of workers that there are; default: one, named {@code default}
 * @param placement the first rule that fits a new realm decides; if none fits, chance by weight
 */
@ConfigurationProperties("ros.directory")
public record DirectoryProperties(@DefaultValue List<Group> groups, @DefaultValue List<Placement> placement) {
    /**
     * Checks that rules name groups that there are.
     *
     * @throws IllegalArgumentException if one does not, or if no group can get realms
     */
    public DirectoryProperties {
        groups = groups.isEmpty() ? List.of(new Group(GroupId.DEFAULT, 1)) : List.copyOf(groups);
        placement = List.copyOf(placement);
        List<GroupId> names = groups.stream().map(Group::name).toList();
        for (Placement rule : placement) {
            if (!names.contains(rule.group())) {
                throw new IllegalArgumentException(
                        "ros.directory.placement: " + rule.group() + " is not one of ros.directory.groups");
            }
        }
        if (groups.stream().noneMatch(group -> group.weight() > 0)) {
            throw new IllegalArgumentException("ros.directory.groups: one weight at least must be above 0");
        }
    }

    /**
     * A group of workers.
     *
     * @param weight its share of new realms; 0: only what rules place there. Default 1
     */
    public record Group(GroupId name, @DefaultValue("1") int weight) {
        /**
         * Checks the weight.
         *
         * @throws IllegalArgumentException if it is not in 0 to 1,000
         */
        public Group {
            if (weight < 0 || weight > 1000) {
                throw new IllegalArgumentException("ros.directory.groups: a weight is 0 to 1000");
            }
        }
    }

    /**
     * A rule.
     *
     * @param app as in {@link RealmPattern}; default {@code *}
     * @param partition as in {@link RealmPattern}, the user being the owner; default {@code **}
     */
    public record Placement(@DefaultValue("*") String app, @DefaultValue("**") String partition, GroupId group) {
        /**
         * Checks the pattern.
         *
         * @throws IllegalArgumentException if it is none
         */
        public Placement {
            try {
                new RealmPattern(app, partition);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("ros.directory.placement: " + e.getMessage(), e);
            }
        }

        RealmPattern pattern() {
            return new RealmPattern(app, partition);
        }
    }
}
