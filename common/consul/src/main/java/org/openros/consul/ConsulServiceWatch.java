// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockServiceException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches the instances of one service by blocking queries, on a virtual thread. */
final class ConsulServiceWatch implements GroupView.Registration {
    private static final Logger LOG = LoggerFactory.getLogger(ConsulServiceWatch.class);

    /** How long a query waits for something new. */
    private static final Duration WAIT = Duration.ofSeconds(30);

    /** For a query: Consul waits up to a sixteenth longer. */
    static final Duration TIMEOUT = WAIT.plusSeconds(4);

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** Which instances can work, and the index of that state. */
    record State(long index, List<URI> instances) {}

    private final ConsulServiceDirectory directory;
    private final String name;
    private final Map<String, String> details;
    private final Consumer<List<URI>> listener;
    private final Consumer<ConsulServiceWatch> onClose;
    private final Thread thread;
    private List<URI> told = List.of();
    private long index;
    private boolean failing;
    private volatile boolean closed;

    ConsulServiceWatch(
            ConsulServiceDirectory directory,
            String name,
            Map<String, String> details,
            Consumer<List<URI>> listener,
            Consumer<ConsulServiceWatch> onClose) {
        this.directory = directory;
        this.name = name;
        this.details = Map.copyOf(details);
        this.listener = listener;
        this.onClose = onClose;
        this.thread = Thread.ofVirtual().name("consul-services " + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (!closed) {
            try {
                heard(directory.await(name, details, index, WAIT));
            } catch (LockServiceException e) {
                failed(e);
            }
        }
    }

    private void heard(State state) {
        if (failing) {
            LOG.info("Consul answers again for {}", name);
            failing = false;
        }
        // An index that goes back means that Consul has lost its state; with index 0 the next query would not wait.
        index = state.index < index ? 0 : Math.max(state.index, 1);
        if (!state.instances.isEmpty() && !state.instances.equals(told) && !closed) {
            LOG.info("{} can be reached at {}", name, state.instances);
            told = state.instances;
            listener.accept(told);
        }
    }

    private void failed(LockServiceException failure) {
        if (closed) {
            return;
        }
        if (!failing) {
            LOG.warn("the instances of {} stay {}: {}", name, told, failure.getMessage());
        }
        failing = true;
        index = 0;
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException e) {
            // The end: the loop sees it.
            LOG.trace("the watch of {} ends", name, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        onClose.accept(this);
    }
}
