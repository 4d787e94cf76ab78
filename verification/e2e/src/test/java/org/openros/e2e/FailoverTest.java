// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openros.chaos.cluster.ClusterStatus;
import org.openros.chaos.cluster.LocalCluster;
import org.openros.consul.local.ConsulBinary;
import org.openros.consul.local.ConsulMissingException;
import org.openros.stock.SyncedRealm;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients see when the master of a cluster of real processes dies, and the next, if {@code -Dros.failover.kills=3}
 * or so asks for more. Skipped where there is no Consul.
 */
class FailoverTest {
    private static final int KILLS = Integer.getInteger("ros.failover.kills", 1);
    private static final String PARTITION = "failover";

    @RegisterExtension
    final Devices devices = new Devices();

    private final List<String> acknowledged = new ArrayList<>();

    @BeforeEach
    void demandConsul() {
        try {
            ConsulBinary.ofThisMachine().findOrFetch(System.out::println);
        } catch (ConsulMissingException e) {
            Assumptions.abort("without a Consul there is no cluster: " + e.getMessage());
        }
    }

    @Test
    void killedMasterIsReplacedRejoinsAsSpareAndNothingAcknowledgedIsLost() {
        try (LocalCluster cluster = new LocalCluster(ros(), devices.folder("cluster"))) {
            cluster.start("--port", Integer.toString(LocalCluster.freeGatewayPort()), "--worker-heap", "192m");
            List<SyncedRealm> writers = writers(cluster.status());
            awaitWhole(cluster);
            write(writers, "before");

            for (int round = 1; round <= KILLS; round++) {
                killMaster(cluster, writers, round);
            }

            assertNothingLost(cluster, writers);
        }
    }

    private void killMaster(LocalCluster cluster, List<SyncedRealm> writers, int round) {
        ClusterStatus.Part killed = cluster.status().withRole("master").orElseThrow();
        cluster.signal(killed, "KILL");
        write(writers, round + ": while there is no master");
        write(writers, round + ": under the new master");
        assertThat(cluster.status().withRole("master").orElseThrow().name()).isNotEqualTo(killed.name());
        cluster.restartDead();
        assertThat(awaitWhole(cluster).part(killed.name()).role()).isEqualTo("spare");
        write(writers, round + ": after all is whole again");
    }

    /** Two clients at each gateway. */
    private List<SyncedRealm> writers(ClusterStatus status) {
        List<SyncedRealm> writers = new ArrayList<>();
        status.urls().forEach(url -> writers.addAll(devices.realms(2, url, PARTITION)));
        return writers;
    }

    private void write(List<SyncedRealm> writers, String when) {
        for (int i = 0; i < writers.size(); i++) {
            String id = when + ", by " + i;
            writers.get(i).write(realm -> {
                realm.findOrCreate("Item", id);
                realm.findOrCreate("Counter", 1L).add("count", 1);
            });
            acknowledged.add(id);
        }
        writers.forEach(SyncedRealm::upload);
    }

    private static ClusterStatus awaitWhole(LocalCluster cluster) {
        return Awaitility.await("all processes in step")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(300))
                .until(cluster::status, ClusterStatus::whole);
    }

    private void assertNothingLost(LocalCluster cluster, List<SyncedRealm> writers) {
        List<SyncedRealm> everybody = new ArrayList<>(writers);
        cluster.status().urls().forEach(url -> everybody.add(devices.realm(url, PARTITION)));
        Convergence.assertSame("after a failover", everybody);
        for (SyncedRealm realm : everybody) {
            assertThat(realm.objects("Item")).containsOnlyKeys(acknowledged.toArray());
            assertThat(realm.<Object>read(view -> view.get("Counter", 1L).get("count")))
                    .isEqualTo((long) acknowledged.size());
        }
        JsonNode nodes = cluster.verify();
        assertThat(nodes.path("equal").asBoolean()).as("%s", nodes).isTrue();
        assertThat(nodes.path("nodes").size()).as("%s", nodes).isEqualTo(3);
    }

    /** Small processes that start quickly: the options of this one hold for those that it starts. */
    static List<String> ros() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "org.openros.launcher.RosCommand");
    }
}
