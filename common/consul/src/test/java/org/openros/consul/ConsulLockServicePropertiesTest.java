// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConsulLockServicePropertiesTest {
    @Test
    void defaultsAreAsDocumented() {
        assertThat(bind(Map.of())).isEqualTo(new ConsulLockServiceProperties("openros/", List.of("serfHealth")));
    }

    @Test
    void everyPropertyIsMapped() {
        assertThat(bind(Map.of("ros.consul.prefix", "a/b/", "ros.consul.session-checks", "serfHealth,disk")))
                .isEqualTo(new ConsulLockServiceProperties("a/b/", List.of("serfHealth", "disk")));
        assertThat(bind(Map.of("ros.consul.session-checks", "")).sessionChecks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "openros", "/openros/", "a//b/", "a b/", "ä/", "a?b/"})
    void prefixThatIsNoneIsRefusedWithTheNameOfTheSetting(String prefix) {
        assertThatThrownBy(() -> new ConsulLockServiceProperties(prefix, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ros.consul.prefix");
    }

    private static ConsulLockServiceProperties bind(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate("ros.consul", ConsulLockServiceProperties.class);
    }
}
