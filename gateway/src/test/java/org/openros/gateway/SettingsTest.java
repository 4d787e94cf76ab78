// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.gateway.accesslog.AccessLogSettings;
import org.openros.gateway.core.CoreServicesSettings;
import org.openros.gateway.edge.EdgeSettings;
import org.openros.gateway.http.CorsSettings;
import org.openros.gateway.http.HttpSettings;
import org.openros.gateway.sync.DrainSettings;
import org.openros.gateway.sync.FlowSettings;
import org.openros.gateway.sync.SyncSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Defaults and the mapping of every setting. */
class SettingsTest {
    private static final Map<String, Class<?>> SETTINGS =
            Map.of("ros.gateway", EdgeSettings.class,
                    "ros.gateway flow", FlowSettings.class,
                    "ros.core-services", CoreServicesSettings.class,
                    "ros.gateway.drain", DrainSettings.class,
                    "ros.gateway.access-log", AccessLogSettings.class,
                    "ros.gateway.cors", CorsSettings.class);

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate(prefix, type);
    }

    @Test
    void defaults() {
        assertThat(bind("ros.sync", SyncSettings.class, Map.of()))
                .isEqualTo(new SyncSettings(
                        Duration.ofMinutes(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        20_000,
                        1000,
                        DataSize.ofMegabytes(64),
                        DataSize.ofKilobytes(256)));
        assertThat(bind("ros.http", HttpSettings.class, Map.of()))
                .isEqualTo(new HttpSettings(
                        DataSize.ofMegabytes(1), Duration.ofSeconds(20), List.of("127.0.0.0/8", "::1")));
        assertThat(bind("ros.gateway", EdgeSettings.class, Map.of()))
                .isEqualTo(new EdgeSettings(
                        Duration.ofSeconds(10), Duration.ofMinutes(1), List.of(), 10_000, 10_000));
        assertThat(bind("ros.gateway", FlowSettings.class, Map.of()))
                .isEqualTo(new FlowSettings(
                        20_000, DataSize.ofMegabytes(32), DataSize.ofMegabytes(256), Duration.ofMinutes(1)));
        assertThat(bind("ros.gateway.drain", DrainSettings.class, Map.of()))
                .isEqualTo(new DrainSettings(Duration.ZERO, Duration.ofSeconds(2)));
        assertThat(bind("ros.gateway.access-log", AccessLogSettings.class, Map.of()))
                .isEqualTo(new AccessLogSettings("", DataSize.ofMegabytes(100), 10));
        assertThat(bind("ros.gateway.cors", CorsSettings.class, Map.of()))
                .isEqualTo(new CorsSettings(List.of(), Duration.ofHours(1)));
        assertThat(bind("ros.core-services", CoreServicesSettings.class, Map.of("ros.core-services.urls", "http://a")))
                .isEqualTo(new CoreServicesSettings(
                        List.of(URI.create("http://a")),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(9),
                        Duration.ofSeconds(1)));
    }

    @Test
    void everySettingOfSyncAndHttpCanBeGiven() {
        Map<String, String> sync = Map.of(
                "ros.sync.idle-timeout", "1m",
                "ros.sync.master-timeout", "2s",
                "ros.sync.settled", "3s",
                "ros.sync.max-held", "7",
                "ros.sync.max-sessions", "3",
                "ros.sync.max-message", "4MB",
                "ros.sync.read-ahead", "5KB");
        assertThat(bind("ros.sync", SyncSettings.class, sync))
                .isEqualTo(new SyncSettings(
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        7,
                        3,
                        DataSize.ofMegabytes(4),
                        DataSize.ofKilobytes(5)));
        Map<String, String> http = Map.of(
                "ros.http.max-body", "1KB",
                "ros.http.response-timeout", "2s",
                "ros.http.trusted-proxies", "10.0.0.0/8,192.168.1.1");
        assertThat(bind("ros.http", HttpSettings.class, http))
                .isEqualTo(new HttpSettings(
                        DataSize.ofKilobytes(1), Duration.ofSeconds(2), List.of("10.0.0.0/8", "192.168.1.1")));
    }

    @Test
    void everySettingOfTheEdgeCanBeGiven() {
        Map<String, String> edge = Map.of(
                "ros.gateway.request-timeout", "1s",
                "ros.gateway.body-timeout", "2s",
                "ros.gateway.proxy-protocol-from", "10.0.0.0/8,192.168.1.1",
                "ros.gateway.connections-per-address", "3",
                "ros.gateway.connections-per-user", "4");
        assertThat(bind("ros.gateway", EdgeSettings.class, edge))
                .isEqualTo(new EdgeSettings(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), List.of("10.0.0.0/8", "192.168.1.1"), 3, 4));
        Map<String, String> flow = Map.of(
                "ros.gateway.uploads-per-second", "6",
                "ros.gateway.outgoing-per-connection", "1MB",
                "ros.gateway.buffered", "2MB",
                "ros.gateway.slow-client-timeout", "3s");
        assertThat(bind("ros.gateway", FlowSettings.class, flow))
                .isEqualTo(new FlowSettings(6, DataSize.ofMegabytes(1), DataSize.ofMegabytes(2),
                        Duration.ofSeconds(3)));
    }

    @Test
    void everyOtherSettingCanBeGiven() {
        Map<String, String> drain = Map.of("ros.gateway.drain.delay", "1s", "ros.gateway.drain.window", "3s");
        assertThat(bind("ros.gateway.drain", DrainSettings.class, drain))
                .isEqualTo(new DrainSettings(Duration.ofSeconds(1), Duration.ofSeconds(3)));
        Map<String, String> log = Map.of(
                "ros.gateway.access-log.file", "-",
                "ros.gateway.access-log.max-size", "1MB",
                "ros.gateway.access-log.keep", "3");
        assertThat(bind("ros.gateway.access-log", AccessLogSettings.class, log))
                .isEqualTo(new AccessLogSettings("-", DataSize.ofMegabytes(1), 3));
        Map<String, String> cors =
                Map.of("ros.gateway.cors.origins", "https://a,https://b", "ros.gateway.cors.max-age", "5s");
        assertThat(bind("ros.gateway.cors", CorsSettings.class, cors))
                .isEqualTo(new CorsSettings(List.of("https://a", "https://b"), Duration.ofSeconds(5)));
        Map<String, String> core = Map.of(
                "ros.core-services.urls", "http://a,http://b",
                "ros.core-services.connect-timeout", "3s",
                "ros.core-services.response-timeout", "4s",
                "ros.core-services.circuit-open", "5s");
        assertThat(bind("ros.core-services", CoreServicesSettings.class, core))
                .isEqualTo(new CoreServicesSettings(
                        List.of(URI.create("http://a"), URI.create("http://b")),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5)));
    }

    @ParameterizedTest
    @CsvSource({
        "ros.gateway,      request-timeout,         0s",
        "ros.gateway,      body-timeout,            2h",
        "ros.gateway,      connections-per-address, 0",
        "ros.gateway,      connections-per-user,    -1",
        "ros.gateway.cors, max-age,                 -1s",
        "ros.gateway flow, uploads-per-second,      0",
        "ros.gateway flow, outgoing-per-connection, 1KB",
        "ros.gateway flow, buffered,                0",
        "ros.gateway flow, slow-client-timeout,     2h",
        "ros.core-services, circuit-open,           1ms",
        "ros.gateway.drain, delay,                  1h",
        "ros.gateway.drain, window,                 -1s",
        "ros.gateway.access-log, max-size,          1B",
        "ros.gateway.access-log, keep,              0",
    })
    void aSettingOutsideOfItsBoundsIsNamed(String group, String name, String value) {
        String prefix = group.split(" ", 2)[0];
        assertThatThrownBy(() -> bind(prefix, requireNonNull(SETTINGS.get(group)), Map.of(prefix + "." + name, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(prefix + "." + name + " has to be between ");
    }
}
