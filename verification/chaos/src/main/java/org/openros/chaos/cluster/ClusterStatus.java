// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.cluster;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ros cluster status --json} prints (see docs/operations/cluster.md), as far as it is used here.
 *
 * @param state {@code running}, {@code degraded} or {@code stopped}
 * @param ready all gateways can serve clients
 * @param urls of the gateways
 */
public record ClusterStatus(String state, boolean ready, List<String> urls, List<Part> processes) {
    /**
     * A process.
     *
     * @param kind {@code consul}, {@code agent}, {@code worker}, {@code core} or {@code gateway}
     * @param state {@code running}, {@code paused}, {@code dead} or {@code stopped}
     * @param pid null unless it lives
     * @param role null if it has none, or does not answer
     * @param epoch of the master that a worker is or follows
     * @param lag entries a worker is behind
     * @param ports by name
     */
    public record Part(
            String name,
            String kind,
            String state,
            @Nullable Long pid,
            boolean ready,
            @Nullable String problem,
            @Nullable String role,
            @Nullable Long epoch,
            @Nullable Long lag,
            Map<String, Integer> ports) {
        /** Whether it runs and is not paused. */
        public boolean running() {
            return state.equals("running");
        }
    }

    /**
     * The process with that name.
     *
     * @throws NoSuchElementException if there is none
     */
    public Part part(String name) {
        return processes.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no process " + name));
    }

    /** The process that has a role now. */
    public Optional<Part> withRole(String role) {
        return processes.stream().filter(part -> role.equals(part.role())).findFirst();
    }

    /** The processes of a kind. */
    public List<Part> ofKind(String kind) {
        return processes.stream().filter(part -> part.kind().equals(kind)).toList();
    }

    /** Everything runs, and the group has all three roles, in step. */
    public boolean whole() {
        return state.equals("running")
                && ready
                && processes.stream().allMatch(part -> part.running() && part.ready())
                && withRole("master").isPresent()
                && withRole("backup").isPresent()
                && withRole("spare").isPresent();
    }

    /** What keeps it from being {@link #whole}, for people. */
    public String troubles() {
        List<String> troubles = processes.stream()
                .filter(part -> !part.running() || !part.ready())
                .map(part -> part.name() + " (" + part.role() + ") is " + part.state() + ", " + part.problem())
                .toList();
        return troubles.isEmpty() ? "roles " + ofKind("worker").stream().map(Part::role).toList()
                : String.join("; ", troubles);
    }
}
