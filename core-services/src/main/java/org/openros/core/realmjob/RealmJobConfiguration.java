// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmjob;

import org.openros.core.directory.Directory;
import org.openros.core.directory.RealmMoves;
import org.openros.core.directory.Trash;
import org.openros.core.job.JobWork;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the work on whole realms. */
@Configuration(proxyBeanMethods = false)
public class RealmJobConfiguration {
    @Bean
    JobWork moveWork(RealmMoves moves, Directory directory) {
        return new MoveWork(moves, directory);
    }

    @Bean
    JobWork purgeWork(Trash trash) {
        return new PurgeWork(trash);
    }
}
