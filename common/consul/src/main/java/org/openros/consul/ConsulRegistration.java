// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockServiceException;
import org.openros.cluster.ServiceInstance;
import org.openros.consul.ConsulJson.NewCheck;
import org.openros.consul.ConsulJson.NewService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one instance in the catalog, on a virtual thread: an agent that was away or has lost its data is told again.
 * The agent asks the instance whether it lives and whether it can work; one that does not live is removed after a
 * while.
 */
final class ConsulRegistration implements GroupView.Registration {
    private static final Logger LOG = LoggerFactory.getLogger(ConsulRegistration.class);

    /** Between two looks whether the agent still knows the instance. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Between two attempts. */
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** How long the end waits for a call that is under way. */
    private static final Duration END = Duration.ofSeconds(1);

    private static final String LIFE_INTERVAL = "5s";
    private static final String WORK_INTERVAL = "2s";
    private static final String CHECK_TIMEOUT = "2s";

    /** The shortest that Consul accepts. */
    private static final String DEAD_AFTER = "1m";

    private final String name;
    private final String id;
    private final ServiceInstance instance;
    private final ConsulCalls calls;
    private final ConsulCatalogApi api;
    private final Consumer<ConsulRegistration> onClose;
    private final Thread thread;
    private boolean failing;
    private volatile boolean closed;

    ConsulRegistration(
            String name,
            ServiceInstance instance,
            ConsulCalls calls,
            ConsulCatalogApi api,
            Consumer<ConsulRegistration> onClose) {
        this.name = name;
        this.instance = instance;
        this.calls = calls;
        this.api = api;
        this.onClose = onClose;
        this.id = name + "-"
                + (instance.host().isEmpty() ? "" : instance.host().replaceAll("[^A-Za-z0-9.]+", "-") + "-")
                + instance.port();
        this.thread = Thread.ofVirtual().name("consul-registration " + id).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        boolean listed = false;
        while (!closed) {
            try {
                listed = listed && isKnown();
                if (!listed) {
                    register();
                    listed = true;
                }
                failing = false;
                pause(LOOK);
            } catch (LockServiceException e) {
                failed(e);
                pause(RETRY);
            }
        }
    }

    private boolean isKnown() throws LockServiceException {
        return calls.call("look for " + id, () -> api.service(id), 404).status() == 200;
    }

    private void register() throws LockServiceException {
        byte[] service = ConsulJson.MAPPER.writeValueAsBytes(service());
        calls.call("register " + id, () -> api.register(service));
        LOG.info("registered at Consul as {}", id);
    }

    private NewService service() {
        String host = instance.host().isEmpty() ? "127.0.0.1" : instance.host();
        String base = (instance.tls() ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + instance.port();
        List<String> tags = new TreeMap<>(instance.details())
                .entrySet().stream()
                        .map(detail -> detail.getKey() + "=" + detail.getValue())
                        .toList();
        return new NewService(
                id, name, tags, instance.host(), instance.port(), meta(),
                List.of(
                        new NewCheck(id + "-lives", "lives", base + "/livez", LIFE_INTERVAL, CHECK_TIMEOUT,
                                instance.tls(), DEAD_AFTER),
                        new NewCheck(id + "-works", "can work", base + "/readyz", WORK_INTERVAL, CHECK_TIMEOUT,
                                instance.tls(), null)));
    }

    private Map<String, String> meta() {
        Map<String, String> meta = new TreeMap<>(instance.details());
        if (instance.tls()) {
            meta.put(ConsulJson.SCHEME, ConsulJson.HTTPS);
        }
        return meta;
    }

    private void failed(LockServiceException failure) {
        if (!failing && !closed) {
            LOG.warn("{} is not registered, trying on: {}", id, failure.getMessage());
        }
        failing = true;
    }

    private void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            // The end: the loop sees it.
            LOG.trace("{} ends", id, e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        thread.interrupt();
        try {
            thread.join(END);
            calls.call("deregister " + id, () -> api.deregister(id), 404);
        } catch (LockServiceException e) {
            LOG.warn("{} is not deregistered, Consul removes it when it finds it dead: {}", id, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        onClose.accept(this);
    }
}
