// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admintoken;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.openros.core.login.SigningKeyRing;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.repeat.RepeatedTask;
import org.openros.domain.token.AdminTokenVerifier;
import org.openros.domain.token.TokenIssuer;
import org.openros.domain.token.TokenKeys;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Builds administrators' tokens. */
@Configuration(proxyBeanMethods = false)
public class AdminTokenConfiguration {
    private static final Duration RENEWAL = Duration.ofHours(8);
    private static final String ADMIN_TOKEN_FILE = "ros.auth.admin-token-file";

    @Bean
    AdminTokens adminTokens(SigningKeyRing keys, TokenIssuer issuer, MetadataStore store, Clock clock) {
        return new AdminTokens(
                new AdminTokenVerifier(TokenKeys.of(keys::keys), clock), issuer, store, clock, Ticker.systemTicker());
    }

    @Bean
    @ConditionalOnProperty(ADMIN_TOKEN_FILE)
    RepeatedTask adminTokenFile(@Value("${" + ADMIN_TOKEN_FILE + "}") Path path, TokenIssuer issuer, Clock clock) {
        AdminTokenFile file = new AdminTokenFile(path, issuer, clock);
        file.write();
        return new RepeatedTask("admin-token", RENEWAL, RENEWAL, file::write);
    }
}
