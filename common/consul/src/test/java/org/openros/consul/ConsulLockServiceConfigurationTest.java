// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openros.cluster.LockService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.consul.ConsulProperties;

import static org.assertj.core.api.Assertions.assertThat;

class ConsulLockServiceConfigurationTest {
    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withUserConfiguration(ConsulLockServiceConfiguration.class);

    @Test
    void withoutTheSettingThereIsNothingOfConsul() {
        application.run(context -> {
            assertThat(context).doesNotHaveBean(LockService.class);
            assertThat(context).doesNotHaveBean(ConsulProperties.class);
        });
        application.withPropertyValues("ros.lock-service=embedded")
                .run(context -> assertThat(context).doesNotHaveBean(LockService.class));
    }

    @Test
    void settingsOfSpringCloudSayWhereConsulIs() throws Exception {
        try (FakeConsul consul = new FakeConsul()) {
            application.withPropertyValues(
                            "ros.lock-service=consul",
                            "ros.consul.prefix=mine/",
                            "spring.cloud.consul.host=127.0.0.1",
                            "spring.cloud.consul.port=" + consul.url().getPort(),
                            "spring.cloud.consul.token=secret")
                    .run(context -> context.getBean(LockService.class).get("record"));

            assertThat(consul.requests).isEqualTo(List.of("GET /v1/kv/mine/record?consistent"));
            assertThat(consul.tokens).containsExactly("secret");
        }
    }

    @Test
    void schemeAndPathAreTaken() {
        ConsulProperties consul = new ConsulProperties();
        consul.setHost("agent");
        consul.setScheme("https");
        consul.setPath("/consul");

        assertThat(ConsulLockServiceConfiguration.address(consul, "").base()).hasToString("https://agent:8500/consul");
    }
}
