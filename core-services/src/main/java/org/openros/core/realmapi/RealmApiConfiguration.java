// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.openros.core.CoreServicesProperties;
import org.openros.core.account.Accounts;
import org.openros.core.directory.DirectoryElection;
import org.openros.core.http.AppAdmission;
import org.openros.core.login.SigningKeyRing;
import org.openros.core.login.TokenCheck;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.permission.RealmRights;
import org.openros.core.repeat.RepeatedTask;
import org.openros.domain.token.AdminTokenVerifier;
import org.openros.domain.token.TokenIssuer;
import org.openros.domain.token.TokenKeys;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

/** Builds the routes for realms and permissions. */
@Configuration(proxyBeanMethods = false)
@Import({OfferController.class, PermissionController.class, RealmController.class})
public class RealmApiConfiguration {
    private static final Duration ADMIN_TOKEN_PAUSE = Duration.ofHours(8);

    private static final String ADMIN_TOKEN_FILE = "ros.auth.admin-token-file";

    @Bean
    CallerCheck callerCheck(
            SigningKeyRing keys, TokenCheck users, AppAdmission apps, CoreServicesProperties properties, Clock clock) {
        return new CallerCheck(
                new AdminTokenVerifier(TokenKeys.of(keys::keys), clock), users, apps, properties.apps());
    }

    @Bean
    Recipients recipients(Accounts accounts) {
        return new Recipients(accounts);
    }

    @Bean
    ForwardToActive forwardToActive(DirectoryElection election) {
        return new ForwardToActive(election);
    }

    @Bean
    Managers managers(RealmRights rights) {
        return new Managers(rights);
    }

    @Bean
    Offers offers(MetadataStore store, Clock clock) {
        return new Offers(store, clock);
    }

    /** Names of realms are one part of a path, slashes and all; everywhere else nothing unusual passes. */
    @Bean
    ServerWebExchangeFirewall firewall() {
        StrictServerWebExchangeFirewall strict = new StrictServerWebExchangeFirewall();
        StrictServerWebExchangeFirewall names = new StrictServerWebExchangeFirewall();
        names.setAllowUrlEncodedSlash(true);
        names.setAllowUrlEncodedDoubleSlash(true);
        return exchange -> exchange.getRequest().getURI().getRawPath().startsWith("/realms/")
                ? names.getFirewalledExchange(exchange)
                : strict.getFirewalledExchange(exchange);
    }

    @Bean
    @ConditionalOnProperty(ADMIN_TOKEN_FILE)
    RepeatedTask adminTokenFile(@Value("${" + ADMIN_TOKEN_FILE + "}") Path path, TokenIssuer issuer, Clock clock) {
        AdminTokenFile file = new AdminTokenFile(path, issuer, clock);
        file.write();
        return new RepeatedTask("admin-token", ADMIN_TOKEN_PAUSE, ADMIN_TOKEN_PAUSE, file::write);
    }
}
