// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.openros.cluster.GroupView.Registration;
import org.openros.cluster.LockServiceException;
import org.openros.cluster.ServiceDirectory;
import org.openros.cluster.ServiceInstance;
import org.openros.consul.ConsulCalls.Answer;
import org.openros.consul.ConsulJson.HealthyService;

/**
 * The catalog of Consul. Services are called {@code openros-gateway} and so on, after the prefix of the installation.
 *
 * <p>Spring Cloud's own registration is made once, at the start, and its client asks the agent at each use; so the one
 * would be missing after a start without Consul, and the other would have no answer while Consul is away.
 */
public final class ConsulServiceDirectory implements ServiceDirectory, AutoCloseable {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    private final String prefix;
    private final ConsulClient client;
    private final ConsulCalls calls;
    private final ConsulCatalogApi api;
    private final ConsulCatalogApi waitingApi;
    private final Set<Registration> open = ConcurrentHashMap.newKeySet();

    /**
     * Connects with the first registration or watch.
     *
     * @param prefix of the installation's keys; other signs than letters and digits become hyphens in names
     */
    public ConsulServiceDirectory(ConsulAddress address, String prefix) {
        this.prefix = prefix.replaceAll("[^A-Za-z0-9]+", "-");
        this.client = new ConsulClient(address, CALL_TIMEOUT);
        this.calls = new ConsulCalls(address);
        this.api = client.api(ConsulCatalogApi.class, CALL_TIMEOUT);
        this.waitingApi = client.api(ConsulCatalogApi.class, ConsulServiceWatch.TIMEOUT);
    }

    private String name(String service) {
        return prefix + service;
    }

    @Override
    public Registration register(ServiceInstance instance) {
        ConsulRegistration registration =
                new ConsulRegistration(name(instance.service()), instance, calls, api, open::remove);
        open.add(registration);
        registration.start();
        return registration;
    }

    @Override
    public Registration watch(String service, Map<String, String> details, Consumer<List<URI>> listener) {
        ConsulServiceWatch watch = new ConsulServiceWatch(this, name(service), details, listener, open::remove);
        open.add(watch);
        watch.start();
        return watch;
    }

    /**
     * Waits for something newer than the index.
     *
     * @param name in the catalog
     * @param details that instances must have
     */
    ConsulServiceWatch.State await(String name, Map<String, String> details, long index, Duration wait)
            throws LockServiceException {
        String what = "find the instances of " + name;
        Answer answer = calls.call(what, () -> waitingApi.await(name, index, wait.toMillis() + "ms"));
        HealthyService[] services = calls.read(what, answer, HealthyService[].class);
        List<URI> instances = Stream.of(services)
                .filter(service -> has(service, details))
                .map(ConsulServiceDirectory::address)
                .sorted()
                .toList();
        return new ConsulServiceWatch.State(answer.index(), instances);
    }

    private static boolean has(HealthyService found, Map<String, String> details) {
        return meta(found).entrySet().containsAll(details.entrySet());
    }

    private static Map<String, String> meta(HealthyService found) {
        Map<String, String> meta = found.service().meta();
        return meta == null ? Map.of() : meta;
    }

    private static URI address(HealthyService found) {
        String own = found.service().address();
        String host = own == null || own.isEmpty() ? found.node().address() : own;
        String scheme = ConsulJson.HTTPS.equals(meta(found).get(ConsulJson.SCHEME)) ? ConsulJson.HTTPS : "http";
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return URI.create(scheme + "://" + literal + ":" + found.service().port());
    }

    /** Takes what is still registered off the list, and ends all watches. */
    @Override
    public void close() {
        List.copyOf(open).forEach(Registration::close);
        client.close();
    }
}
