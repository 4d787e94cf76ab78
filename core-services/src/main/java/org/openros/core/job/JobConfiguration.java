// SPDX-License-Identifier: Apache-2.0
package org.openros.core.job;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.repeat.RepeatedTask;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds jobs and their runner. */
@Configuration(proxyBeanMethods = false)
public class JobConfiguration {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration SWEEP = Duration.ofHours(6);

    @Bean
    Jobs jobs(MetadataStore store, Clock clock) {
        return new Jobs(store, clock);
    }

    @Bean(destroyMethod = "stop")
    JobRunner jobRunner(Jobs jobs, ObjectProvider<JobWork> works) {
        return new JobRunner(
                jobs, works.orderedStream().toList(), "core-" + UUID.randomUUID(), System::nanoTime);
    }

    @Bean
    @RunsIn(CoreService.ADMIN)
    RepeatedTask jobRounds(JobRunner runner, MetadataStore store) {
        return new RepeatedTask("jobs", INTERVAL, INTERVAL, () -> {
            if (store.isReachable()) {
                runner.round();
            }
        });
    }

    @Bean
    @RunsIn(CoreService.ADMIN)
    RepeatedTask jobSweep(JobRunner runner) {
        return new RepeatedTask("old-jobs", SWEEP, SWEEP, runner::sweep);
    }
}
