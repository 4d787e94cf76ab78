// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;

/**
 * The process that a command is about.
 *
 * @param name its name, or the role it has at the moment
 * @param group whose worker a role means; null for the first group
 */
record Target(String name, @Nullable String group) {
    private static final Set<String> ROLES = Set.of("master", "backup", "spare");
    private static final String CONSUL_LEADER = "consul-leader";

    /**
     * The name of the process.
     *
     * @param status asked only for roles
     * @throws StartFailure if there is no process of that name, or none has the role now
     */
    String resolve(ClusterState state, Supplier<ClusterStatus> status) {
        if (name.equals(CONSUL_LEADER)) {
            return holder(status.get(), "leader", null);
        }
        if (!ROLES.contains(name)) {
            return state.part(name).name();
        }
        String wanted = group == null ? Topology.groupName(1) : group;
        if (state.ofKind(Kind.WORKER).stream().noneMatch(part -> wanted.equals(part.group()))) {
            throw new StartFailure(ExitStatus.USAGE, "the cluster has no group " + wanted + ", but "
                    + state.ofKind(Kind.WORKER).stream().map(Part::group).distinct().collect(Collectors.joining(", ")));
        }
        return holder(status.get(), name, wanted);
    }

    /** A process that was master once and does not know yet that it is no longer shows by its epoch. */
    private String holder(ClusterStatus status, String role, @Nullable String inGroup) {
        return status.processes().stream()
                .filter(part -> part.hasRole(role, inGroup))
                .max(Comparator.comparingLong(part -> part.epoch() == null ? 0 : part.epoch()))
                .map(PartStatus::name)
                .orElseThrow(() -> new StartFailure(ExitStatus.UNAVAILABLE, "there is no " + name + " now ("
                        + roles(status, inGroup) + "): try again in a moment, or give the name of a process"));
    }

    private static String roles(ClusterStatus status, @Nullable String inGroup) {
        Kind kind = inGroup == null ? Kind.CONSUL : Kind.WORKER;
        return status.processes().stream()
                .filter(part -> part.kind() == kind && (inGroup == null || inGroup.equals(part.group())))
                .map(part -> part.name() + " " + (part.state().equals("running")
                        ? (part.role() == null ? "has no role" : part.role())
                        : "is " + part.state()).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
