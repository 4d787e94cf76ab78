// SPDX-License-Identifier: Apache-2.0
package org.openros.core.apikey;

import org.openros.core.account.Accounts;
import org.openros.core.account.ApiKeys;
import org.openros.core.account.UserStates;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Builds the routes of API keys. */
@Configuration(proxyBeanMethods = false)
@Import(ApiKeyController.class)
public class ApiKeyConfiguration {
    @Bean
    KeyRing keyRing(Accounts accounts, UserStates states, ApiKeys keys) {
        return new KeyRing(accounts, states, keys);
    }
}
