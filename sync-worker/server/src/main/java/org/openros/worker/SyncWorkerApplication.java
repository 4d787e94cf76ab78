// SPDX-License-Identifier: Apache-2.0
package org.openros.worker;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The sync worker: stores realms, merges uploads, serves downloads. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({SyncWorkerConfiguration.class, WorkerSecurity.class})
public class SyncWorkerApplication {
    /** Starts the worker as a process of its own. */
    public static void main(String[] args) {
        builder().run(args);
    }

    /** The application, ready to be started; its settings are in {@code sync-worker.yml}. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(SyncWorkerApplication.class)
                .web(WebApplicationType.REACTIVE)
                .properties("spring.config.name=sync-worker");
    }
}
