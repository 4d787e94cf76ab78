// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.log.Position;
import org.openros.replication.frame.Role;
import org.openros.replication.operator.Alarm;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** A folder of another cluster, in which groups and nodes have the same names. */
final class ForeignDataTest {
    @TempDir
    private Path folder;

    @Test
    void dataOfAnotherClusterIsRefusedAndNotChangedAndAnEmptyFolderJoins() throws Exception {
        try (TestGroup other = new TestGroup(folder.resolve("other"), "a", "b", "c").startAll()) {
            other.createSchema();
            other.withRole(Role.SPARE);
            other.write(1);
            other.stop("c");
        }
        Path disk = folder.resolve("group/c");
        try (TestGroup group = new TestGroup(folder.resolve("group"), "a", "b", "c").startAll()) {
            group.createSchema();
            group.withRole(Role.BACKUP);
            group.withRole(Role.SPARE);
            group.kill("c");
            group.wipe("c");
            FileSystemUtils.copyRecursively(folder.resolve("other/c"), disk);
            Map<String, Integer> before = log(disk);

            GroupNode refused = group.start("c");
            group.awaitRole("c", Role.REFUSED);
            assertThat(refused.status().alarms())
                    .extracting(Alarm::kind, alarm -> alarm.message().split(":", 2)[0])
                    .contains(tuple(Alarm.Kind.REFUSED, "WRONG_LINEAGE"));
            assertThat(refused.status().alarms().getFirst().message()).contains("ros.worker.data", "ros.consul.prefix");
            group.write(2);
            Position last = group.running("c").store().last();
            assertThat(last).as("what it has brought").isNotEqualTo(Position.START);
            group.kill("c");
            assertThat(log(disk)).isEqualTo(before);

            group.wipe("c");
            GroupNode joined = group.start("c");
            Awaitility.await().until(() -> joined.status().inStep());
            assertThat(group.has(2)).isTrue();
        }
    }

    private static Map<String, Integer> log(Path disk) throws IOException {
        Map<String, Integer> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(disk.resolve("log"))) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
