// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.openros.replication.Status;
import org.openros.replication.frame.Role;
import org.openros.replication.operator.Alarm;
import org.openros.worker.group.GroupNode;
import org.openros.worker.group.Reigns;

/** Shows the node's part in its group as metrics. */
record GroupMeters(GroupNode node) implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry registry) {
        gauge(registry, "epoch", status -> status.epoch().value());
        gauge(registry, "entries.last", status -> status.last().seq());
        gauge(registry, "entries.committed", Status::commitSeq);
        gauge(registry, "followers", status -> status.followers().stream()
                .filter(Status.FollowerStatus::inStep)
                .count());
        gauge(registry, "lag", status -> status.followers().stream()
                .mapToLong(Status.FollowerStatus::lag)
                .max()
                .orElse(0));
        for (Role role : Role.values()) {
            Gauge.builder("ros.group.role", node, now -> now.status().role() == role ? 1 : 0)
                    .tag("role", name(role))
                    .register(registry);
        }
        for (Alarm.Kind kind : Alarm.Kind.values()) {
            Gauge.builder("ros.group.alarm", node, now -> stands(now.status(), kind) ? 1 : 0)
                    .tag("alarm", name(kind))
                    .register(registry);
        }
        Gauge.builder("ros.worker.realms", node.reigns(), GroupMeters::realms).register(registry);
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Status> value) {
        Gauge.builder("ros.group." + name, node, now -> value.applyAsDouble(now.status())).register(registry);
    }

    private static boolean stands(Status status, Alarm.Kind kind) {
        return status.alarms().stream().anyMatch(alarm -> alarm.kind() == kind);
    }

    private static double realms(Reigns reigns) {
        Reigns.Reign reign = reigns.present();
        return reign == null ? 0 : reign.realms().size();
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
