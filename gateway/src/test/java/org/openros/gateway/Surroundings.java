// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockService;
import org.openros.cluster.ServiceDirectory;
import org.openros.domain.GroupId;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static java.util.Objects.requireNonNull;

/** A gateway with fakes around it. */
final class Surroundings implements AutoCloseable {
    static {
        Awaitility.setDefaultPollDelay(Duration.ZERO);
        Awaitility.setDefaultPollInterval(Duration.ofMillis(5));
    }

    final FakeCore core = new FakeCore();
    final FakeWorker worker;
    final Election election = new Election();
    final FakeDirectory directory = new FakeDirectory();
    final ReactiveWebServerApplicationContext gateway;
    private long epoch;

    /** Starts with a worker that is master of the default group. */
    Surroundings(String listen, Map<String, Object> settings) throws IOException {
        worker = new FakeWorker(listen);
        regainMaster();
        Map<String, Object> all = new HashMap<>(Map.of(
                "server.port", 0,
                "server.address", "127.0.0.1",
                "ros.core-services.urls", core.url(),
                "ros.sync.settled", "1h",
                "ros.internal.secret", "a secret of the test that is long enough"));
        all.putAll(settings);
        String[] arguments = all.entrySet().stream()
                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                .toArray(String[]::new);
        gateway = (ReactiveWebServerApplicationContext) GatewayApplication.builder()
                .initializers((GenericApplicationContext context) -> {
                    context.registerBean(LockService.class, () -> election.locks);
                    context.registerBean(ServiceDirectory.class, () -> directory);
                    context.registerBean(GroupView.class, () -> election.view);
                })
                .run(arguments);
    }

    static Surroundings start(Map<String, Object> settings) throws IOException {
        return new Surroundings("inprocess:" + UUID.randomUUID(), settings);
    }

    int port() {
        return requireNonNull(gateway.getWebServer()).getPort();
    }

    void loseMaster() {
        election.vacate(GroupId.DEFAULT, epoch, worker);
    }

    /** The worker takes the lock of the default group, with the next epoch. */
    void regainMaster() {
        epoch++;
        election.lead(GroupId.DEFAULT, epoch, worker);
    }

    void reset() {
        core.reset();
        worker.reset();
    }

    @Override
    public void close() {
        gateway.close();
        worker.close();
        core.close();
        election.close();
    }
}
