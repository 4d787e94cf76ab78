// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openros.core.directory.DirectoryProperties.Group;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;

/** Chooses the group of a new realm. Thread-safe if the generator is. */
final class GroupChoice {
    private final DirectoryProperties properties;
    private final Predicate<GroupId> serving;
    private final RandomGenerator random;

    /**
     * Creates the choice.
     *
     * @param serving whether a group has a master; others get new realms only if none has
     */
    GroupChoice(DirectoryProperties properties, Predicate<GroupId> serving, RandomGenerator random) {
        this.properties = properties;
        this.serving = serving;
        this.random = random;
    }

    /** The group if there is one only, so that nothing is to be chosen; else null. */
    @Nullable GroupId only() {
        return properties.groups().size() == 1 ? properties.groups().getFirst().name() : null;
    }

    GroupId choose(RealmPath path, @Nullable String owner) {
        String user = owner == null ? "" : owner;
        return properties.placement().stream()
                .filter(rule -> rule.pattern().fits(path, user))
                .findFirst()
                .map(DirectoryProperties.Placement::group)
                .orElseGet(this::byWeight);
    }

    private GroupId byWeight() {
        List<Group> all = properties.groups().stream().filter(group -> group.weight() > 0).toList();
        List<Group> ready = all.stream().filter(group -> serving.test(group.name())).toList();
        List<Group> candidates = ready.isEmpty() ? all : ready;
        int left = random.nextInt(candidates.stream().mapToInt(Group::weight).sum());
        for (Group group : candidates) {
            left -= group.weight();
            if (left < 0) {
                return group.name();
            }
        }
        throw new IllegalStateException("the weights add up to more");
    }
}
