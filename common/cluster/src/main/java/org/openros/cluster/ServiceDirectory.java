// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The port through which the processes of an installation find each other. Thread-safe, never blocks. */
public interface ServiceDirectory {
    /**
     * Lists an instance, and keeps it listed until the registration is closed, which takes it off the list. While the
     * directory cannot be reached it goes on trying.
     */
    GroupView.Registration register(ServiceInstance instance);

    /**
     * Reports the instances of a service that can do their work: now, and after every change. While the directory
     * cannot be reached, or knows no such instance, nothing is reported: the last list is better than none.
     *
     * @param listener gets base addresses without path, {@code https} for those that speak TLS, at least one; called
     *     one at a time; must not block
     */
    default GroupView.Registration watch(String service, Consumer<List<URI>> listener) {
        return watch(service, Map.of(), listener);
    }

    /**
     * Reports those instances of a service that were listed with certain details, as the other {@code watch} does.
     *
     * @param details only instances that have all of these
     */
    GroupView.Registration watch(String service, Map<String, String> details, Consumer<List<URI>> listener);
}
