// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockServiceHealth;
import org.openros.core.CoreServicesProperties;
import org.openros.core.admintoken.AdminTokens;
import org.openros.core.audit.AuditLog;
import org.openros.core.backup.BackupFolder;
import org.openros.core.directory.DirectoryElection;
import org.openros.core.directory.DirectoryProperties;
import org.openros.core.http.AppAdmission;
import org.openros.core.job.Jobs;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.repeat.RepeatedTask;
import org.openros.core.service.ChosenServices;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import tools.jackson.databind.json.JsonMapper;

/** Builds the administrators' interface. */
@Configuration(proxyBeanMethods = false)
@RunsIn(CoreService.ADMIN)
@Import({
    BackupAdminController.class,
    GroupAdminController.class,
    JobAdminController.class,
    KeyAdminController.class,
    OpenApiController.class,
    PermissionAdminController.class,
    RealmAdminController.class,
    RealmJobController.class,
    RestoreAdminController.class,
    SessionAdminController.class,
    SystemAdminController.class,
    TokenAdminController.class,
    UserAdminController.class
})
public class AdminConfiguration {
    private static final Duration SWEEP = Duration.ofHours(1);

    /** Asked before the rules of all other routes. */
    @Bean
    @Order(0)
    SecurityWebFilterChain adminRoutes(ServerHttpSecurity http, AdminTokens tokens) {
        return AdminRoutes.chain(http, tokens);
    }

    @Bean
    IdempotentRequests idempotentRequests(MetadataStore store, Clock clock, JsonMapper json) {
        return new IdempotentRequests(store, clock, json);
    }

    @Bean
    RepeatedTask idempotentRequestsSweep(IdempotentRequests requests) {
        return new RepeatedTask("idempotent-requests", SWEEP, SWEEP, requests::sweep);
    }

    @Bean
    AppScope appScope(AppAdmission apps, CoreServicesProperties properties) {
        return new AppScope(apps, properties.apps());
    }

    @Bean
    AdminParts adminParts(
            AppScope apps,
            IdempotentRequests requests,
            Jobs jobs,
            AuditLog log,
            JsonMapper json) {
        return new AdminParts(apps, new EntityTag(json), requests, jobs, log);
    }

    @Bean
    UsableBackups usableBackups(ObjectProvider<BackupFolder> folder) {
        return new UsableBackups(folder);
    }

    @Bean
    SystemReport systemReport(
            Clock clock,
            MetadataStore store,
            DirectoryElection directory,
            ChosenServices chosen,
            DirectoryProperties groups,
            ObjectProvider<GroupView> view,
            ObjectProvider<LockServiceHealth> locks) {
        BooleanSupplier active = () -> chosen.has(CoreService.DIRECTORY) && directory.isActive();
        return new SystemReport(clock, store, active, groups, view, locks);
    }

    @Bean
    EffectiveSettings effectiveSettings(ConfigurableEnvironment environment) {
        return new EffectiveSettings(environment);
    }
}
