// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.cluster;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class StatusTest {
    private static PartStatus process(String name, Kind kind, String state, @Nullable String problem) {
        boolean lives = !state.equals("dead") && !state.equals("stopped");
        return new PartStatus(name, kind, state, lives ? 4711L : null, lives ? 3 << 20 : 0, problem == null, problem,
                kind == Kind.WORKER ? "backup" : null, kind == Kind.WORKER ? "default" : null,
                kind == Kind.WORKER ? 3L : null, kind == Kind.WORKER ? 120L : null, kind == Kind.WORKER ? 2L : null,
                Map.of("http", 9080));
    }

    private static ClusterStatus status(PartStatus... parts) {
        return ClusterStatus.of("/cluster", List.of("http://127.0.0.1:9080"), List.of(parts));
    }

    @Test
    void jsonHasTheNamesThatScriptsRead() {
        JsonNode json = JsonMapper.shared().readTree(StatusCommand.json(status(
                process("worker-1", Kind.WORKER, "running", "not the master"),
                process("gateway-1", Kind.GATEWAY, "running", null))));

        assertThat(json.propertyNames()).containsExactly("dir", "state", "ready", "urls", "processes");
        assertThat(json.path("ready").booleanValue()).isTrue();
        assertThat(json.path("urls").get(0).stringValue()).isEqualTo("http://127.0.0.1:9080");
        JsonNode worker = json.path("processes").get(0);
        assertThat(worker.propertyNames()).containsExactly("name", "kind", "state", "pid", "memory", "ready",
                "problem", "role",
                "group", "epoch", "committed", "lag", "ports");
        assertThat(worker.path("kind").stringValue()).isEqualTo("worker");
        assertThat(worker.path("pid").longValue()).isEqualTo(4711);
        assertThat(worker.path("ports").path("http").intValue()).isEqualTo(9080);
        assertThat(json.path("processes").get(1).path("role").isNull()).isTrue();
    }

    @Test
    void stateSumsUpTheProcesses() {
        PartStatus running = process("core-1", Kind.CORE, "running", null);
        PartStatus paused = process("core-1", Kind.CORE, "paused", "paused");
        PartStatus dead = process("core-2", Kind.CORE, "dead", "dead");
        PartStatus stopped = process("core-2", Kind.CORE, "stopped", "stopped");

        assertThat(status(running, running).state()).isEqualTo("running");
        assertThat(status(running, dead).state()).isEqualTo("degraded");
        assertThat(status(running, paused).state()).isEqualTo("degraded");
        assertThat(status(dead, stopped).state()).isEqualTo("stopped");
    }

    @Test
    void tableHasALineForEachProcessAndTheReasonsOfThoseThatAreNotReady() {
        String table = StatusTable.of(status(
                process("worker-1", Kind.WORKER, "running", null),
                process("worker-2", Kind.WORKER, "dead", "the data folder belongs to worker-3"),
                process("worker-3", Kind.WORKER, "dead", "dead"),
                process("gateway-1", Kind.GATEWAY, "running", "group default has no master")));

        assertThat(table).contains("NAME", "worker-1", "backup", "default", "120", "3 MiB", "http=9080",
                "The cluster is degraded", "gateway-1: group default has no master",
                "worker-2: the data folder belongs to worker-3");
        assertThat(table).doesNotContain("worker-3: ");
    }
}
