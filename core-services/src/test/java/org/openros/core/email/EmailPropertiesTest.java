// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EmailPropertiesTest {
    private static EmailProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("ros.auth.email", EmailProperties.class);
    }

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new EmailProperties(
                true, null, null, null, null, null, Duration.ofDays(30), Duration.ofHours(12), 3));
    }

    @Test
    void everySettingIsRead() {
        assertThat(bind(Map.of(
                        "ros.auth.email.auto-confirm", "false",
                        "ros.auth.email.from", "a@example.com",
                        "ros.auth.email.base-url", "https://b",
                        "ros.auth.email.confirm-url", "https://c/c",
                        "ros.auth.email.reset-url", "https://d/d",
                        "ros.auth.email.templates", "/mail",
                        "ros.auth.email.confirm-lifetime", "1h",
                        "ros.auth.email.reset-lifetime", "2h",
                        "ros.auth.email.per-hour", "4")))
                .isEqualTo(new EmailProperties(
                        false, "a@example.com", URI.create("https://b"), URI.create("https://c/c"),
                        URI.create("https://d/d"), Path.of("/mail"), Duration.ofHours(1), Duration.ofHours(2), 4));
    }

    @ParameterizedTest
    @CsvSource({"confirm-lifetime, 0s", "reset-lifetime, -1s", "per-hour, 0"})
    void valuesThatCannotWorkAreRefused(String key, String value) {
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("ros.auth.email." + key, value)));
    }
}
