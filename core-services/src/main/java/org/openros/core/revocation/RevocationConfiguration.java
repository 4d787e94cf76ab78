// SPDX-License-Identifier: Apache-2.0
package org.openros.core.revocation;

import java.time.Clock;
import org.openros.core.account.Revocations;
import org.openros.core.account.UserStates;
import org.openros.core.metadata.MetadataStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Builds the news of revocations. */
@Configuration(proxyBeanMethods = false)
@Import(RevocationController.class)
public class RevocationConfiguration {
    @Bean
    Revocations revocations(MetadataStore store, Clock clock) {
        return new Revocations(store, clock);
    }

    @Bean
    RevocationWatch revocationWatch(Revocations revocations, UserStates states, Clock clock) {
        return new RevocationWatch(revocations, states, clock).start();
    }
}
