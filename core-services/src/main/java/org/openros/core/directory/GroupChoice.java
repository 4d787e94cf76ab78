// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.openros.core.directory.DirectoryProperties.Group;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;

/** Chooses the group of a new realm. Thread-safe if the generator is; blocks while groups are not heard of yet. */
final class GroupChoice {
    private static final long PAUSE_MILLIS = 20;

    private final DirectoryProperties properties;
    private final Predicate<GroupId> serving;
    private final RandomGenerator random;
    private final Duration patience;

    /** When the first realm was placed by weight, in terms of {@link System#nanoTime}. */
    private @Nullable Long begun;

    /** A choice among the groups as they are. */
    GroupChoice(DirectoryProperties properties, Predicate<GroupId> serving, RandomGenerator random) {
        this(properties, serving, random, Duration.ZERO);
    }

    /**
     * Creates the choice.
     *
     * @param serving whether a group has a master; others get new realms only if none has
     * @param patience how long the first realms wait for all groups: a process that has just started has heard of the
     *     group of the metadata only, and would put everything there
     */
    GroupChoice(
            DirectoryProperties properties,
            Predicate<GroupId> serving,
            RandomGenerator random,
            Duration patience) {
        this.properties = properties;
        this.serving = serving;
        this.random = random;
        this.patience = patience;
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
        if (all.size() == 1) {
            return all.getFirst().name();
        }
        awaitFirstReports(all);
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

    private void awaitFirstReports(List<Group> groups) {
        long end = firstPlacement() + patience.toNanos();
        while (System.nanoTime() - end < 0 && !groups.stream().allMatch(group -> serving.test(group.name()))) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized long firstPlacement() {
        if (begun == null) {
            begun = System.nanoTime();
        }
        return begun;
    }
}
