// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.domain.AppId;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CoreServicesPropertiesTest {
    private static CoreServicesProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("ros", CoreServicesProperties.class);
    }

    @Test
    void defaults() {
        CoreServicesProperties properties = bind(Map.of());
        assertThat(properties.apps()).isEmpty();
        assertThat(properties.internal().secret()).isNull();
        assertThat(properties.auth()).isEqualTo(new CoreServicesProperties.Auth(
                null, Duration.ofMinutes(30), Duration.ofDays(60), Duration.ofDays(365), Duration.ofMinutes(5),
                new CoreServicesProperties.PasswordHashing(2, 64, Duration.ofSeconds(5))));
        assertThat(properties.functions().builtin()).isTrue();
    }

    @Test
    void everySettingIsRead() {
        CoreServicesProperties properties = bind(Map.ofEntries(
                Map.entry("ros.apps", "shop,bank"),
                Map.entry("ros.internal.secret", "s"),
                Map.entry("ros.auth.signing-keys", "/keys/k.json"),
                Map.entry("ros.auth.access-token-lifetime", "1m"),
                Map.entry("ros.auth.refresh-token-lifetime", "2h"),
                Map.entry("ros.auth.realm-token-lifetime", "3s"),
                Map.entry("ros.auth.login-max-lifetime", "4h"),
                Map.entry("ros.auth.password-hashing.parallel", "4"),
                Map.entry("ros.auth.password-hashing.queue", "5"),
                Map.entry("ros.auth.password-hashing.patience", "6s"),
                Map.entry("ros.functions.builtin", "false")));
        assertThat(properties).isEqualTo(new CoreServicesProperties(
                List.of(new AppId("shop"), new AppId("bank")),
                new CoreServicesProperties.Internal("s"),
                new CoreServicesProperties.Auth(
                        Path.of("/keys/k.json"), Duration.ofMinutes(1), Duration.ofHours(2), Duration.ofHours(4),
                        Duration.ofSeconds(3),
                        new CoreServicesProperties.PasswordHashing(4, 5, Duration.ofSeconds(6))),
                new CoreServicesProperties.Functions(false)));
    }

    @ParameterizedTest
    @CsvSource({
        "ros.apps, a b",
        "ros.auth.access-token-lifetime, 0s",
        "ros.auth.refresh-token-lifetime, -1d",
        "ros.auth.realm-token-lifetime, 10ms",
        "ros.auth.login-max-lifetime, 0s",
        "ros.auth.password-hashing.parallel, 0",
        "ros.auth.password-hashing.queue, -1",
        "ros.auth.password-hashing.patience, -1s"
    })
    void valuesThatCannotWorkAreRefused(String key, String value) {
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of(key, value)));
    }

    @Test
    void secretIsNotPrinted() {
        assertThat(bind(Map.of("ros.internal.secret", "very-secret")).toString()).doesNotContain("very-secret");
    }
}
