// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.misuse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.openros.consul.local.ConsulNode;
import org.openros.consul.local.LocalConsul;

/** A group of two at work, and beside it workers that were set up wrongly. All run at the same time. */
final class Scene implements AutoCloseable {
    private static final List<String> NODES = List.of("w-1", "w-2");
    private static final String ALL_RIGHTS = "4a6e2f0a-5b1c-4c0a-9d50-3f1f4f1b7a01";
    private static final String NO_TOKEN_OF_THIS_CONSUL = "7d5b0aa4-1c1c-4c6c-9a43-6a0e1a3b8c11";
    private static final Duration START = Duration.ofSeconds(30);

    final WorkerProcess first;
    final WorkerProcess second;
    final WorkerProcess sameName;
    final WorkerProcess copied;
    final WorkerProcess otherCluster;
    final WorkerProcess swapped;
    final WorkerProcess otherGroup;
    final WorkerProcess noConsul;
    final WorkerProcess wrongToken;
    final WorkerProcess wrongSetting;
    final Map<String, String> contentOfCopied;
    final Map<String, String> contentOfSwapped;
    final long epoch;

    private final Path folder;
    private final LocalConsul consul;
    private final List<WorkerProcess> workers = new ArrayList<>();

    /** Returns when the group serves and all others have been started. */
    Scene(Path folder, Path consulBinary) throws IOException {
        this.folder = folder;
        consul = consul(consulBinary);
        try {
            consul.start();
            consul.awaitReady(START);
            first = worker("first", "w-1", NODES).start();
            second = worker("second", "w-2", NODES).start();
            noConsul = worker("no-consul", "w-2", NODES)
                    .with("spring.cloud.consul.port", Integer.toString(freePort()))
                    .start();
            wrongToken = worker("wrong-token", "w-2", NODES)
                    .with("spring.cloud.consul.token", NO_TOKEN_OF_THIS_CONSUL)
                    .start();
            wrongSetting = worker("wrong-setting", "w-2", List.of("w-1", "w-3")).start();
            first.await("being in step", () -> first.status().path("inStep").asBoolean(false));
            second.await("being in step", () -> second.status().path("inStep").asBoolean(false));
            epoch = first.status().path("epoch").asLong(0);
            sameName = worker("same-name", "w-2", NODES).start();
            copied = worker("copied", "w-2", NODES).withCopyOf(second.data());
            contentOfCopied = copied.content();
            copied.start();
            otherCluster = worker("other-cluster", "x-1", List.of("x-1", "x-2")).start();
            swapped = worker("swapped", "w-1", NODES).withCopyOf(second.data());
            contentOfSwapped = swapped.content();
            swapped.start();
            otherGroup = worker("other-group", "w-2", NODES)
                    .withCopyOf(second.data())
                    .with("ros.worker.group", "elsewhere")
                    .start();
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private LocalConsul consul(Path binary) throws IOException {
        int http = freePort();
        ConsulNode node = ConsulNode.server(
                "consul", folder.resolve("consul"), new ConsulNode.Ports(http, freePort(), freePort()), 1, List.of());
        Map<String, Object> tokens = Map.of("master", ALL_RIGHTS, "agent", ALL_RIGHTS, "default", ALL_RIGHTS);
        return new LocalConsul(binary, node.with(
                Map.of("acl", Map.of("enabled", true, "default_policy", "deny", "tokens", tokens))));
    }

    private WorkerProcess worker(String name, String node, List<String> nodes) {
        WorkerProcess worker = new WorkerProcess(folder.resolve(name), node, nodes, consul.url().getPort());
        workers.add(worker);
        return worker;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        workers.forEach(WorkerProcess::close);
        consul.kill();
    }
}
