// SPDX-License-Identifier: Apache-2.0
package org.openros.core.audit;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AuditPropertiesTest {
    private static AuditProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("ros.audit", AuditProperties.class);
    }

    @Test
    void defaults() {
        assertThat(bind(Map.of())).isEqualTo(new AuditProperties(null, DataSize.ofMegabytes(100), 90));
    }

    @Test
    void everySettingIsRead() {
        assertThat(bind(Map.of("ros.audit.file", "/a", "ros.audit.max-size", "1KB", "ros.audit.days", "2")))
                .isEqualTo(new AuditProperties(Path.of("/a"), DataSize.ofKilobytes(1), 2));
    }

    @ParameterizedTest
    @CsvSource({"max-size, 0B", "days, 0"})
    void valuesThatCannotWorkAreRefused(String key, String value) {
        assertThatExceptionOfType(BindException.class).isThrownBy(() -> bind(Map.of("ros.audit." + key, value)));
    }
}
