// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openros.replication.NodeSettings.WhenBackupLost;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class WorkerPropertiesTest {
    private static WorkerProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("ros.worker", WorkerProperties.class);
    }

    @Test
    void defaultsSuitASingleNode() {
        assertThat(bind(Map.of())).isEqualTo(new WorkerProperties(
                "default",
                "worker",
                List.of("worker"),
                Path.of("data/worker"),
                new WorkerProperties.Link(URI.create("grpc://127.0.0.1:0")),
                new WorkerProperties.Replication(URI.create("grpc://127.0.0.1:0"), "127.0.0.1", null),
                WhenBackupLost.BLOCK,
                Duration.ofSeconds(15),
                "127.0.0.1",
                0,
                Duration.ofSeconds(10),
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(64),
                DataSize.ofMegabytes(16),
                DataSize.ofBytes(0),
                false));
        assertThat(bind(Map.of()).actorThreads()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void everySettingCanBeChanged() {
        Map<String, String> settings = new HashMap<>();
        settings.put("ros.worker.group", "europe");
        settings.put("ros.worker.node", "w2");
        settings.put("ros.worker.nodes", "w1,w2,w3");
        settings.put("ros.worker.data", "/srv/data");
        settings.put("ros.worker.replication.listen", "grpc://10.0.0.7:9091");
        settings.put("ros.worker.replication.advertise", "w2.example.com");
        settings.put("ros.worker.replication.tls.certificate", "w2.crt");
        settings.put("ros.worker.replication.tls.private-key", "w2.key");
        settings.put("ros.worker.replication.tls.ca", "ca.crt");
        settings.put("ros.worker.when-backup-lost", "solo");
        settings.put("ros.worker.lease-ttl", "20s");
        settings.put("ros.worker.link.listen", "inprocess:link");
        settings.put("ros.worker.api-host", "10.0.0.7");
        settings.put("ros.worker.threads", "3");
        settings.put("ros.worker.realm-idle", "1m");
        settings.put("ros.worker.download-size", "2MB");
        settings.put("ros.worker.upload-size", "32MB");
        settings.put("ros.worker.uncommitted-size", "8MB");
        settings.put("ros.worker.work-memory", "100MB");
        settings.put("ros.worker.session-log", "true");
        assertThat(bind(settings)).isEqualTo(new WorkerProperties(
                "europe",
                "w2",
                List.of("w1", "w2", "w3"),
                Path.of("/srv/data"),
                new WorkerProperties.Link(URI.create("inprocess:link")),
                new WorkerProperties.Replication(
                        URI.create("grpc://10.0.0.7:9091"),
                        "w2.example.com",
                        new Tls(Path.of("w2.crt"), Path.of("w2.key"), Path.of("ca.crt"))),
                WhenBackupLost.SOLO,
                Duration.ofSeconds(20),
                "10.0.0.7",
                3,
                Duration.ofMinutes(1),
                DataSize.ofMegabytes(2),
                DataSize.ofMegabytes(32),
                DataSize.ofMegabytes(8),
                DataSize.ofMegabytes(100),
                true));
    }

    @Test
    void nodesHaveToNameThisOne() {
        assertThatThrownBy(() -> bind(Map.of("ros.worker.node", "w4", "ros.worker.nodes", "w1,w2,w3")))
                .rootCause()
                .hasMessageContaining("ros.worker.nodes");
        assertThatThrownBy(() -> bind(Map.of("ros.worker.node", "w1", "ros.worker.nodes", "w1,w2,w2")))
                .rootCause()
                .hasMessageContaining("ros.worker.nodes");
    }

    @Test
    void leaseIsNotShorterThanLockServicesAllow() {
        assertThatThrownBy(() -> bind(Map.of("ros.worker.lease-ttl", "5s")))
                .rootCause()
                .hasMessageContaining("ros.worker.lease-ttl");
    }

    @Test
    void sizesHaveBounds() {
        for (String setting : List.of(
                "download-size=1GB", "upload-size=65MB", "uncommitted-size=1B", "work-memory=1KB", "work-memory=-1")) {
            String key = "ros.worker." + setting.substring(0, setting.indexOf('='));
            assertThatThrownBy(() -> bind(Map.of(key, setting.substring(setting.indexOf('=') + 1))))
                    .rootCause()
                    .hasMessageContaining(key + " has to be between");
        }
    }
}
