// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.openros.cluster.GroupView.Registration;
import org.openros.cluster.ServiceDirectory;
import org.openros.cluster.ServiceInstance;

/** A directory that says what a test tells it to. */
final class FakeDirectory implements ServiceDirectory {
    private final List<Consumer<List<URI>>> listeners = new CopyOnWriteArrayList<>();

    @Override
    public Registration register(ServiceInstance instance) {
        throw new AssertionError("the lock service of the test lists nothing");
    }

    @Override
    public Registration watch(String service, Map<String, String> details, Consumer<List<URI>> listener) {
        if (!service.equals("core-services")) {
            throw new AssertionError(service);
        }
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void tell(URI... instances) {
        listeners.forEach(listener -> listener.accept(List.of(instances)));
    }
}
