// SPDX-License-Identifier: Apache-2.0
package org.openros.core.limit;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LimitPropertiesTest {
    private static LimitProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("ros.auth.limits", LimitProperties.class);
    }

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new LimitProperties(20, 40, 10, 120, List.of("127.0.0.0/8", "::1")));
    }

    @Test
    void everySettingIsRead() {
        assertThat(bind(Map.of(
                        "ros.auth.limits.address-per-minute", "1",
                        "ros.auth.limits.address-burst", "2",
                        "ros.auth.limits.account-per-minute", "3",
                        "ros.auth.limits.refresh-per-minute", "4",
                        "ros.auth.limits.exempt", "10.0.0.0/8")))
                .isEqualTo(new LimitProperties(1, 2, 3, 4, List.of("10.0.0.0/8")));
    }

    @ParameterizedTest
    @CsvSource({"address-per-minute, -1", "address-burst, 0", "account-per-minute, -1", "refresh-per-minute, -1"})
    void valuesThatMeanNothingAreRefused(String key, String value) {
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("ros.auth.limits." + key, value)));
    }
}
