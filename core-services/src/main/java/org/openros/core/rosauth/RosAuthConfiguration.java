// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import java.time.Clock;
import org.openros.core.CoreServicesProperties;
import org.openros.core.account.Accounts;
import org.openros.core.account.UserAdministration;
import org.openros.core.account.UserRegistry;
import org.openros.core.account.UserStates;
import org.openros.core.audit.AuditLog;
import org.openros.core.directory.Directory;
import org.openros.core.email.PasswordAccounts;
import org.openros.core.http.AppAdmission;
import org.openros.core.limit.Limits;
import org.openros.core.login.LogIns;
import org.openros.core.login.SessionTokens;
import org.openros.core.login.TokenCheck;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.permission.Grants;
import org.openros.core.permission.RealmRights;
import org.openros.core.realmapi.CallerCheck;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.openros.domain.token.TokenIssuer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Builds the log-in interface of Realm Object Server. */
@Configuration(proxyBeanMethods = false)
@RunsIn(CoreService.AUTH)
@EnableConfigurationProperties(RosAuthProperties.class)
@Import({AccountsController.class, AuthController.class, UsersController.class})
public class RosAuthConfiguration {
    @Bean
    RequestedApp requestedApp(AppAdmission apps, CoreServicesProperties properties) {
        return new RequestedApp(apps, properties.apps());
    }

    @Bean
    RealmTokens realmTokens(
            RealmRights rights,
            Directory directory,
            Grants grants,
            TokenIssuer issuer,
            RosAuthProperties settings,
            Clock clock) {
        return new RealmTokens(rights, directory, grants, issuer, settings.accessTokenLifetime(), clock);
    }

    @Bean
    RosLogIns rosLogIns(
            RequestedApp apps,
            LogIns logIns,
            PasswordAccounts passwords,
            UserStates states,
            SessionTokens tokens,
            AuditLog audit,
            RosAuthProperties settings) {
        return new RosLogIns(apps, logIns, passwords, states, tokens, audit, settings);
    }

    @Bean
    OldLogIns oldLogIns(
            RequestedApp apps,
            Accounts accounts,
            UserStates states,
            RosAuthProperties settings,
            CoreServicesProperties properties,
            Clock clock) {
        return new OldLogIns(
                OldTokens.signedBy(settings.oldKeys(), clock),
                apps,
                accounts,
                states,
                properties.auth().refreshTokenLifetime(),
                clock);
    }

    @Bean
    Renewals renewals(
            TokenCheck check,
            CallerCheck callers,
            LogIns logIns,
            UserStates states,
            SessionTokens tokens,
            RealmTokens realms,
            OldLogIns old,
            Limits limits,
            RosAuthProperties settings) {
        return new Renewals(check, callers, logIns, states, tokens, realms, old, limits, settings);
    }

    @Bean
    UserAdministration userAdministration(MetadataStore store, Accounts accounts, Clock clock) {
        return new UserAdministration(store, accounts, clock);
    }

    @Bean
    UserCare userCare(
            Accounts accounts,
            UserAdministration administration,
            UserRegistry registry,
            UserStates states,
            Grants grants,
            Directory directory) {
        return new UserCare(accounts, administration, registry, states, grants, directory);
    }
}
