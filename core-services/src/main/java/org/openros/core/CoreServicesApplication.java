// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import org.openros.consul.LockServiceConfiguration;
import org.openros.core.access.AccessConfiguration;
import org.openros.core.admin.AdminConfiguration;
import org.openros.core.admintoken.AdminTokenConfiguration;
import org.openros.core.apikey.ApiKeyConfiguration;
import org.openros.core.audit.AuditConfiguration;
import org.openros.core.backup.BackupConfiguration;
import org.openros.core.directory.DirectoryConfiguration;
import org.openros.core.email.EmailConfiguration;
import org.openros.core.federation.FederationConfiguration;
import org.openros.core.function.FunctionConfiguration;
import org.openros.core.group.GroupConfiguration;
import org.openros.core.http.HttpConfiguration;
import org.openros.core.job.JobConfiguration;
import org.openros.core.limit.LimitConfiguration;
import org.openros.core.livesession.LiveSessionConfiguration;
import org.openros.core.login.LoginConfiguration;
import org.openros.core.metadata.MetadataConfiguration;
import org.openros.core.object.ObjectConfiguration;
import org.openros.core.permission.PermissionConfiguration;
import org.openros.core.problem.ProblemConfiguration;
import org.openros.core.realmapi.RealmApiConfiguration;
import org.openros.core.realmjob.RealmJobConfiguration;
import org.openros.core.rosauth.RosAuthConfiguration;
import org.openros.core.service.ServiceConfiguration;
import org.openros.core.status.StatusController;
import org.openros.core.user.UserController;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsEndpointAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.actuate.web.server.NettyReactiveManagementContextAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Core services as a process. All its configuration is named here, nothing is found by scanning, so that it starts fast
 * and starts the same beside other applications on one class path.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties(CoreServicesProperties.class)
@ImportAutoConfiguration({
    CodecsAutoConfiguration.class,
    CompositeMeterRegistryAutoConfiguration.class,
    ConfigurationPropertiesAutoConfiguration.class,
    EndpointAutoConfiguration.class,
    HttpHandlerAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    JacksonEndpointAutoConfiguration.class,
    LifecycleAutoConfiguration.class,
    ManagementContextAutoConfiguration.class,
    MailSenderAutoConfiguration.class,
    MetricsAutoConfiguration.class,
    MetricsEndpointAutoConfiguration.class,
    NettyReactiveManagementContextAutoConfiguration.class,
    NettyReactiveWebServerAutoConfiguration.class,
    PropertyPlaceholderAutoConfiguration.class,
    SimpleMetricsExportAutoConfiguration.class,
    SslAutoConfiguration.class,
    WebEndpointAutoConfiguration.class,
    WebFluxAutoConfiguration.class
})
@Import({
    AccessConfiguration.class,
    AdminConfiguration.class,
    AdminTokenConfiguration.class,
    ApiKeyConfiguration.class,
    AuditConfiguration.class,
    BackupConfiguration.class,
    DirectoryConfiguration.class,
    EmailConfiguration.class,
    FederationConfiguration.class,
    FunctionConfiguration.class,
    GroupConfiguration.class,
    HttpConfiguration.class,
    JobConfiguration.class,
    LimitConfiguration.class,
    LockServiceConfiguration.class,
    LiveSessionConfiguration.class,
    LoginConfiguration.class,
    MetadataConfiguration.class,
    ObjectConfiguration.class,
    PermissionConfiguration.class,
    ProblemConfiguration.class,
    RealmApiConfiguration.class,
    RealmJobConfiguration.class,
    RosAuthConfiguration.class,
    ServiceConfiguration.class,
    StatusController.class,
    UserController.class
})
public class CoreServicesApplication {
    /** Starts core services with the settings of {@code core-services.yml}, the environment and the arguments. */
    public static void main(String[] args) {
        builder().run(args);
    }

    /** The application, not yet started; the caller may add settings and initializers. */
    public static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(CoreServicesApplication.class)
                .web(WebApplicationType.REACTIVE)
                .bannerMode(Banner.Mode.OFF)
                .properties("spring.config.name=core-services");
    }
}
