// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.misuse;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.consul.local.ConsulBinary;
import org.openros.consul.local.ConsulMissingException;
import org.openros.launcher.ExitStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real processes that were set up wrongly are refused with cause and remedy, and neither they nor the group are changed
 * by it. Where there is no Consul, the tests are skipped and say so.
 */
class MisuseTest {
    @TempDir
    static Path folder;

    private static @Nullable Scene scene;
    private static @Nullable String missing;

    /** Set up once for all tests, by the first one: only tests are reported as skipped. */
    private static Scene scene() throws IOException {
        Scene present = scene;
        if (present == null) {
            present = new Scene(folder, consul());
            scene = present;
        }
        return present;
    }

    private static Path consul() {
        if (missing == null) {
            try {
                return ConsulBinary.ofThisMachine().findOrFetch(System.out::println);
            } catch (ConsulMissingException e) {
                missing = e.getMessage();
            }
        }
        return Assumptions.abort("not tested with a real Consul: " + missing);
    }

    @AfterAll
    static void stop() {
        if (scene != null) {
            scene.close();
        }
    }

    private static void assertRefused(WorkerProcess worker, String... parts) {
        worker.await("refusal", () -> worker.role().equals("refused"));
        assertThat(String.join("\n", worker.alarms())).contains(parts);
        assertThat(worker.status().path("whyNotServing").asString("")).isNotEmpty();
    }

    private static void assertGroupIsAsItWas() throws IOException {
        assertThat(scene().first.status().path("epoch").asLong(0)).isEqualTo(scene().epoch);
        assertThat(scene().second.status().path("epoch").asLong(0)).isEqualTo(scene().epoch);
        assertThat(scene().first.status().path("inStep").asBoolean(false)).isTrue();
        assertThat(scene().second.status().path("inStep").asBoolean(false)).isTrue();
    }

    @Test
    void secondProcessWithTheNameOfANodeIsRefused() throws IOException {
        assertRefused(scene().sameName, "DUPLICATE_NODE", "node w-2", "check ros.worker.node");
        assertThat(scene().sameName.status().path("last").path("seq").asLong(-1)).isZero();
        assertGroupIsAsItWas();
    }

    @Test
    void copyOfANodeIsRefusedBesideItAndNotChanged() throws IOException {
        assertRefused(scene().copied, "DUPLICATE_NODE", "node w-2", "check ros.worker.node");
        scene().copied.close();
        assertThat(scene().copied.content()).isEqualTo(scene().contentOfCopied);
        assertGroupIsAsItWas();
    }

    @Test
    void otherClusterUnderTheSamePrefixIsRefused() throws IOException {
        assertRefused(scene().otherCluster, "OTHER_CLUSTER", "[w-1, w-2]", "[x-1, x-2]", "check ros.consul.prefix");
        assertGroupIsAsItWas();
    }

    @Test
    void swappedFolderIsRefusedAtTheStartAndNotChanged() throws IOException, InterruptedException {
        assertThat(scene().swapped.exitCode()).isEqualTo(ExitStatus.DATA.code());
        assertThat(scene().swapped.logged()).contains("belongs to node w-2", "for node w-1", "its own folder");
        assertThat(scene().swapped.content()).isEqualTo(scene().contentOfSwapped);
    }

    @Test
    void folderOfAnotherGroupIsRefusedAtTheStart() throws IOException, InterruptedException {
        assertThat(scene().otherGroup.exitCode()).isEqualTo(ExitStatus.DATA.code());
        assertThat(scene().otherGroup.logged()).contains("of group default", "of group elsewhere", "its own folder");
    }

    @Test
    void wrongAddressOfConsulIsNamedWithItsSettings() throws IOException {
        WorkerProcess worker = scene().noConsul;
        worker.await("alarm", () -> !worker.alarms().isEmpty());
        assertThat(worker.alarms().getFirst())
                .contains("lock-service-unreachable", "cannot be reached", "spring.cloud.consul", ".host and .port");
        assertThat(worker.status().path("inStep").asBoolean(true)).isFalse();
    }

    @Test
    void wrongTokenOfConsulIsNamedWithItsSetting() throws IOException {
        WorkerProcess worker = scene().wrongToken;
        worker.await("alarm", () -> !worker.alarms().isEmpty());
        assertThat(worker.alarms().getFirst())
                .contains("lock-service-unreachable", "does not allow", "spring.cloud.consul.token");
        assertThat(worker.status().path("inStep").asBoolean(true)).isFalse();
    }

    @Test
    void wrongSettingEndsTheStartInOneLine() throws IOException, InterruptedException {
        assertThat(scene().wrongSetting.exitCode()).isEqualTo(ExitStatus.USAGE.code());
        assertThat(scene().wrongSetting.logged().strip()).endsWith(
                "ros: ros.worker.nodes has to name ros.worker.node (w-2), and each node once: [w-1, w-3]");
    }
}
