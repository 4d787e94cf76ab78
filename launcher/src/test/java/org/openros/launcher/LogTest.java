// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** The log of a process that the launcher starts, in which the settings of the applications do not count. */
class LogTest {
    private static final String LEVEL = "logging.level.";

    private static Map<String, String> levels(String settings) {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource(settings));
        Properties properties = requireNonNull(yaml.getObject(), settings);
        return properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith(LEVEL))
                .collect(Collectors.toMap(key -> key.substring(LEVEL.length()), properties::getProperty));
    }

    @Test
    void whatApplicationsKeepOutOfTheirLogsIsKeptOutOfThisOneToo() throws Exception {
        LoggerContext log = new LoggerContext();
        try {
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(log);
            configurator.doConfigure(new ClassPathResource("logback.xml").getURL());
            Stream.of("gateway.yaml", "core-services.yml", "sync-worker.yml")
                    .flatMap(settings -> levels(settings).entrySet().stream())
                    .forEach(entry -> assertThat(log.getLogger(entry.getKey()).getEffectiveLevel().levelInt)
                            .as(entry.getKey())
                            .isGreaterThanOrEqualTo(Level.toLevel(entry.getValue()).levelInt));
        } finally {
            log.stop();
        }
    }
}
