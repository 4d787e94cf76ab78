// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.cluster.EmbeddedLockService;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockService;
import org.openros.cluster.group.WatchedGroupView;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class LockServiceConfigurationTest {
    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(LockServiceConfiguration.class);

    @ParameterizedTest
    @ValueSource(strings = {"zookeeper", "Consul", ""})
    void unknownValuesAreRefusedWithTheAllowedOnes(String value) {
        application.withPropertyValues("ros.lock-service=" + value)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContainingAll("ros.lock-service must be consul", "or embedded"));
    }

    @Test
    void anApplicationThatRunsAloneIsToldToUseConsul() {
        application.run(context -> assertThat(context.getStartupFailure())
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("set ros.lock-service=consul"));
    }

    @Test
    void applicationsOfOneProcessBringTheirLockService() {
        EmbeddedLockService locks = new EmbeddedLockService();
        application.withInitializer(
                        context -> context.getBeanFactory().registerSingleton("embeddedLockService", locks))
                .run(context -> {
                    assertThat(context.getBean(LockService.class)).isSameAs(locks);
                    assertThat(context.getBean(GroupView.class)).isInstanceOf(WatchedGroupView.class);
                });
    }

    @Test
    void consulIsUsedWhereItIsAskedFor() {
        application.withPropertyValues("ros.lock-service=consul").run(context -> {
            assertThat(context.getBean(LockService.class)).isInstanceOf(ConsulLockService.class);
            assertThat(context.getBean(GroupView.class)).isInstanceOf(WatchedGroupView.class);
        });
    }
}
