// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockServiceHealth;
import org.openros.cluster.Master;
import org.openros.core.directory.DirectoryProperties;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.problem.Dates;
import org.springframework.beans.factory.ObjectProvider;

/** What the process that answers knows about the installation. */
final class SystemReport {
    private final Instant startedAt;
    private final MetadataStore store;
    private final BooleanSupplier activeDirectory;
    private final DirectoryProperties groups;
    private final ObjectProvider<GroupView> view;
    private final ObjectProvider<LockServiceHealth> locks;

    SystemReport(
            Clock clock,
            MetadataStore store,
            BooleanSupplier activeDirectory,
            DirectoryProperties groups,
            ObjectProvider<GroupView> view,
            ObjectProvider<LockServiceHealth> locks) {
        startedAt = clock.instant();
        this.store = store;
        this.activeDirectory = activeDirectory;
        this.groups = groups;
        this.view = view;
        this.locks = locks;
    }

    /**
     * The report.
     *
     * @param version missing if the process does not run from a package
     * @param ready whether users can log in and realms can be found
     * @param activeDirectory whether this process has the active directory
     * @param problems for people
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String product,
            @Nullable String version,
            String javaVersion,
            String startedAt,
            boolean ready,
            boolean activeDirectory,
            List<GroupMaster> groups,
            List<String> problems) {}

    /** A group, and its master if one is known. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GroupMaster(String label, @Nullable String master, @Nullable Long epoch) {}

    View view() {
        List<String> problems = locks.stream()
                .map(LockServiceHealth::problem)
                .filter(Objects::nonNull)
                .toList();
        return new View(
                "OpenROS",
                SystemReport.class.getPackage().getImplementationVersion(),
                Runtime.version().toString(),
                Dates.write(startedAt),
                store.isReachable(),
                activeDirectory.getAsBoolean(),
                groups.groups().stream().map(this::master).toList(),
                problems);
    }

    private GroupMaster master(DirectoryProperties.Group group) {
        GroupView known = view.getIfAvailable();
        Master master = known == null ? null : known.master(group.name());
        return new GroupMaster(
                group.name().value(),
                master == null ? null : master.node(),
                master == null ? null : master.epoch().value());
    }
}
