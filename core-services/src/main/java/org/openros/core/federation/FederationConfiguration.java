// SPDX-License-Identifier: Apache-2.0
package org.openros.core.federation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openros.core.account.Provider;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds the ways in that others vouch for; own code goes before configured issuers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FederationProperties.class)
public class FederationConfiguration {
    @Bean
    IdentityProviders identityProviders(FederationProperties settings, ObjectProvider<IdentityProvider> own) {
        List<IdentityProvider> providers = new ArrayList<>(own.orderedStream().toList());
        Map<Provider, List<TrustedIssuer>> issuers = new EnumMap<>(Provider.class);
        new TreeMap<>(settings.issuers()).forEach((name, issuer) -> {
            TrustedIssuer trusted = new TrustedIssuer(name, issuer);
            issuers.computeIfAbsent(trusted.provider(), provider -> new ArrayList<>()).add(trusted);
        });
        issuers.forEach((provider, trusted) -> {
            if (providers.stream().noneMatch(each -> each.provider() == provider)) {
                providers.add(new IssuedTokens(provider, trusted));
            }
        });
        return new IdentityProviders(providers);
    }
}
