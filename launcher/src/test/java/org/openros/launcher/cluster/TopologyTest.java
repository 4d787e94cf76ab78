// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TopologyTest {
    private static List<Part> topology(int groups) {
        return Topology.of(9080, groups, new AtomicInteger(20_000)::incrementAndGet);
    }

    @Test
    void oneGroupIsFourteenProcessesInTheOrderOfTheirStart() {
        assertThat(topology(1)).extracting(Part::name).containsExactly(
                "consul-1", "consul-2", "consul-3", "agent-w1", "agent-w2", "agent-w3", "agent-services",
                "worker-1", "worker-2", "worker-3", "core-1", "core-2", "gateway-1", "gateway-2");
    }

    @Test
    void workersOfTheSecondGroupFollowWithAgentsOfTheirOwn() {
        List<Part> workers =
                topology(2).stream().filter(part -> part.kind() == Kind.WORKER).toList();

        assertThat(workers).extracting(Part::name)
                .containsExactly("worker-1", "worker-2", "worker-3", "worker-4", "worker-5", "worker-6");
        assertThat(workers).extracting(Part::group)
                .containsExactly("default", "default", "default", "group-2", "group-2", "group-2");
        assertThat(workers).extracting(Part::agent).doesNotHaveDuplicates();
    }

    @Test
    void gatewaysHaveThePortsThatWereAskedForAndNoPortIsThereTwice() {
        List<Part> parts = topology(1);

        assertThat(parts.stream().filter(part -> part.kind() == Kind.GATEWAY).map(Part::url))
                .containsExactly("http://127.0.0.1:9080", "http://127.0.0.1:9081");
        assertThat(parts.stream().flatMap(part -> part.ports().values().stream())).doesNotHaveDuplicates();
    }
}
