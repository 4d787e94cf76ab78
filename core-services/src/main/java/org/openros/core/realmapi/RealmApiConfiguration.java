// SPDX-License-Identifier: Apache-2.0
package org.openros.core.realmapi;

import java.time.Clock;
import org.openros.core.CoreServicesProperties;
import org.openros.core.account.Accounts;
import org.openros.core.admintoken.AdminTokens;
import org.openros.core.directory.DirectoryElection;
import org.openros.core.http.AppAdmission;
import org.openros.core.login.TokenCheck;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.permission.RealmRights;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

/** Builds the routes for realms and permissions. */
@Configuration(proxyBeanMethods = false)
@Import({MoveController.class, OfferController.class, PermissionController.class, RealmController.class})
public class RealmApiConfiguration {
    @Bean
    CallerCheck callerCheck(
            AdminTokens admins, TokenCheck users, AppAdmission apps, CoreServicesProperties properties) {
        return new CallerCheck(admins, users, apps, properties.apps());
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

    /** Names of realms and accounts are one part of a path, slashes and all; everywhere else nothing unusual passes. */
    @Bean
    ServerWebExchangeFirewall firewall() {
        StrictServerWebExchangeFirewall strict = new StrictServerWebExchangeFirewall();
        StrictServerWebExchangeFirewall names = new StrictServerWebExchangeFirewall();
        names.setAllowUrlEncodedSlash(true);
        names.setAllowUrlEncodedDoubleSlash(true);
        return exchange -> hasName(exchange.getRequest().getURI().getRawPath())
                ? names.getFirewalledExchange(exchange)
                : strict.getFirewalledExchange(exchange);
    }

    private static boolean hasName(String path) {
        return path.startsWith("/realms/") || path.startsWith("/admin/v1/realms/") || path.startsWith("/auth/users/");
    }
}
