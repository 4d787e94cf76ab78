// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.replication.frame.Role;
import org.openros.replication.operator.Alarm;

import static org.assertj.core.api.Assertions.assertThat;

/** Disks that run full while their nodes are at work (fault F5 of the group protocol). */
final class FullDiskTest {
    @TempDir
    private Path folder;

    private TestGroup group;

    @BeforeEach
    void start() {
        group = new TestGroup(folder, "a", "b", "c").startAll();
        group.createSchema();
        group.withRole(Role.BACKUP);
        group.withRole(Role.SPARE);
        group.write(1);
    }

    @AfterEach
    void stop() {
        group.close();
    }

    @Test
    void masterWithoutRoomHandsOverOnceAndGoesOnWhenThereIsRoom() throws Exception {
        String first = group.awaitMaster();
        Epoch before = group.running(first).node().status().epoch();
        group.fillDisk(first, true);
        group.write(2);
        String second = group.awaitMaster();
        assertThat(second).isNotEqualTo(first);
        assertThat(group.running(second).node().status().epoch()).isEqualTo(before.next());
        assertThat(group.has(1)).isTrue();
        assertThat(group.has(2)).isTrue();
        Awaitility.await().until(() -> hasAlarm(first, Alarm.Kind.DISK_FULL));
        group.fillDisk(first, false);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> group.running(first).node().status().inStep());
        group.write(3);
        Awaitility.await().until(() -> !hasAlarm(first, Alarm.Kind.DISK_FULL));
        assertThat(group.running(second).node().status().epoch()).isEqualTo(before.next());
    }

    @Test
    void backupWithoutRoomIsReplacedByTheSpareAndTheMasterGoesOn() throws Exception {
        String master = group.awaitMaster();
        String backup = group.withRole(Role.BACKUP);
        String spare = group.withRole(Role.SPARE);
        Epoch before = group.running(master).node().status().epoch();
        group.fillDisk(backup, true);
        group.write(2);
        Awaitility.await().until(() -> hasAlarm(backup, Alarm.Kind.DISK_FULL));
        assertThat(group.running(master).node().status().required())
                .containsExactlyInAnyOrder(new NodeId(master), new NodeId(spare));
        group.fillDisk(backup, false);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> group.running(backup).node().status().inStep());
        group.write(3);
        assertThat(group.has(3)).isTrue();
        assertThat(group.running(master).node().status().epoch()).isEqualTo(before);
    }

    @Test
    void lockDoesNotWanderWhileNoDiskHasRoomAndReadingGoesOn() throws Exception {
        String first = group.awaitMaster();
        Epoch before = group.running(first).node().status().epoch();
        group.fillDisk("a", true);
        group.fillDisk("b", true);
        group.fillDisk("c", true);
        Awaitility.await().until(() -> {
            group.tryWrite(2);
            return hasAlarm(group.awaitMaster(), Alarm.Kind.DISK_FULL)
                    && !group.running(group.awaitMaster()).node().status().epoch().equals(before);
        });
        for (int attempt = 0; attempt < 20; attempt++) {
            group.tryWrite(2);
            assertThat(group.has(1)).isTrue();
        }
        assertThat(group.running(group.awaitMaster()).node().status().epoch().value())
                .as("each disk handed over once at most")
                .isLessThanOrEqualTo(before.value() + 2);
        group.fillDisk("a", false);
        group.fillDisk("b", false);
        group.fillDisk("c", false);
        group.write(2);
        assertThat(group.has(2)).isTrue();
    }

    private boolean hasAlarm(String node, Alarm.Kind kind) {
        return group.running(node).node().status().alarms().stream().anyMatch(alarm -> alarm.kind() == kind);
    }
}
