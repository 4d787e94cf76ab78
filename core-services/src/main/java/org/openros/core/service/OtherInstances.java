// SPDX-License-Identifier: Apache-2.0
package org.openros.core.service;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView.Registration;
import org.openros.cluster.ServiceDirectory;
import org.springframework.beans.factory.DisposableBean;

/** Knows instances that run the services which do not run here. Thread-safe. */
final class OtherInstances implements DisposableBean {
    private static final String CORE_SERVICES = "core-services";

    private final Map<CoreService, List<URI>> known = new ConcurrentHashMap<>();
    private final Map<CoreService, Registration> watches = new EnumMap<>(CoreService.class);
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * Begins to look for them.
     *
     * @param directory where those are found that no setting names; null if nowhere
     */
    OtherInstances(ChosenServices chosen, @Nullable ServiceDirectory directory) {
        for (CoreService service : CoreService.values()) {
            List<URI> named = chosen.elsewhere().get(service);
            if (chosen.has(service)) {
                continue;
            }
            if (named != null) {
                known.put(service, List.copyOf(named));
            } else if (directory != null) {
                watches.put(service, directory.watch(
                        CORE_SERVICES,
                        ChosenServices.detail(service),
                        found -> known.put(service, List.copyOf(found))));
            } else {
                throw new IllegalArgumentException("ros.services-at." + service.text() + " has to name the addresses of"
                        + " instances that run it, because only with ros.lock-service=consul they are found");
            }
        }
    }

    /** The instances that run a service, in the order in which to try them; none if none is known. */
    List<URI> of(CoreService service) {
        List<URI> instances = new ArrayList<>(known.getOrDefault(service, List.of()));
        if (!instances.isEmpty()) {
            Collections.rotate(instances, Math.floorMod(turn.getAndIncrement(), instances.size()));
        }
        return instances;
    }

    @Override
    public void destroy() {
        watches.values().forEach(Registration::close);
    }
}
