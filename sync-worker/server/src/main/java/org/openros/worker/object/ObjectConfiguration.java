// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import org.openros.worker.group.Reigns;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The routes for the data of realms. */
@Configuration(proxyBeanMethods = false)
@Import({FeedController.class, ObjectFailures.class, ReadController.class, WriteController.class})
public class ObjectConfiguration {
    @Bean
    RealmCalls realmCalls(Reigns reigns) {
        return new RealmCalls(reigns);
    }
}
