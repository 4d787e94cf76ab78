// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

final class WorkerPropertiesTest {
    private static WorkerProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("ros.worker", WorkerProperties.class);
    }

    @Test
    void defaultsSuitASingleNode() {
        assertThat(bind(Map.of())).isEqualTo(new WorkerProperties(
                "default",
                "worker",
                Path.of("data/worker"),
                new WorkerProperties.Link(URI.create("grpc://127.0.0.1:0")),
                "127.0.0.1",
                0,
                Duration.ofSeconds(10),
                DataSize.ofMegabytes(1),
                DataSize.ofMegabytes(64),
                DataSize.ofMegabytes(16)));
        assertThat(bind(Map.of()).actorThreads()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void everySettingCanBeChanged() {
        Map<String, String> settings = new HashMap<>();
        settings.put("ros.worker.group", "europe");
        settings.put("ros.worker.node", "w2");
        settings.put("ros.worker.data", "/srv/data");
        settings.put("ros.worker.link.listen", "inprocess:link");
        settings.put("ros.worker.api-host", "10.0.0.7");
        settings.put("ros.worker.threads", "3");
        settings.put("ros.worker.realm-idle", "1m");
        settings.put("ros.worker.download-size", "2MB");
        settings.put("ros.worker.upload-size", "32MB");
        settings.put("ros.worker.uncommitted-size", "8MB");
        assertThat(bind(settings)).isEqualTo(new WorkerProperties(
                "europe",
                "w2",
                Path.of("/srv/data"),
                new WorkerProperties.Link(URI.create("inprocess:link")),
                "10.0.0.7",
                3,
                Duration.ofMinutes(1),
                DataSize.ofMegabytes(2),
                DataSize.ofMegabytes(32),
                DataSize.ofMegabytes(8)));
    }
}
