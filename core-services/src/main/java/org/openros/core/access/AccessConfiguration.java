// SPDX-License-Identifier: Apache-2.0
package org.openros.core.access;

import java.time.Clock;
import org.openros.core.CoreServicesProperties;
import org.openros.core.directory.Directory;
import org.openros.core.http.AppAdmission;
import org.openros.core.login.TokenCheck;
import org.openros.core.permission.AccessChanges;
import org.openros.core.permission.RealmRights;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.openros.domain.token.TokenIssuer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.databind.json.JsonMapper;

/** Builds the internal routes. */
@Configuration(proxyBeanMethods = false)
@Import({ChangesController.class, ConnectionController.class, KeyController.class})
public class AccessConfiguration {
    @Bean
    @RunsIn(CoreService.DIRECTORY)
    AccessController accessController(
            AppAdmission apps,
            TokenCheck check,
            RealmRights rights,
            AccessChanges changes,
            Directory directory,
            TokenIssuer issuer,
            CoreServicesProperties properties,
            Clock clock,
            JsonMapper json) {
        return new AccessController(
                apps,
                check,
                rights,
                changes,
                directory,
                issuer,
                properties.auth().realmTokenLifetime(),
                clock,
                json);
    }
}
