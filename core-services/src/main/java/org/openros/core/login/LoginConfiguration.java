// SPDX-License-Identifier: Apache-2.0
package org.openros.core.login;

import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.openros.core.CoreServicesProperties;
import org.openros.core.account.Accounts;
import org.openros.core.account.ApiKeys;
import org.openros.core.account.KnownWaysIn;
import org.openros.core.account.UserRegistry;
import org.openros.core.account.UserStates;
import org.openros.core.email.PasswordAccounts;
import org.openros.core.federation.IdentityProviders;
import org.openros.core.http.AppAdmission;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.permission.AccessChanges;
import org.openros.core.permission.AccessFeed;
import org.openros.core.repeat.RepeatedTask;
import org.openros.domain.token.ServiceTokens;
import org.openros.domain.token.TokenIssuer;
import org.openros.domain.token.TokenKeys;
import org.openros.domain.token.UserTokenVerifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Builds tokens, accounts and the routes of the SDK's API. */
@Configuration(proxyBeanMethods = false)
@Import({LocationController.class, LogInController.class, SessionController.class, UnservedController.class})
public class LoginConfiguration {
    /** How often the file with the signing keys is read. */
    private static final Duration KEY_PAUSE = Duration.ofSeconds(5);

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** What memories take their age from. */
    @Bean
    @ConditionalOnMissingBean
    Ticker ticker() {
        return Ticker.systemTicker();
    }

    @Bean
    ServiceTokens serviceTokens(CoreServicesProperties properties, Clock clock) {
        String secret = properties.internal().secret();
        if (secret == null) {
            throw new IllegalStateException("ros.internal.secret is missing: set the same text in all applications");
        }
        return new ServiceTokens(secret, clock);
    }

    @Bean
    SigningKeyRing signingKeyRing(CoreServicesProperties properties) {
        Path file = properties.auth().signingKeys();
        if (file == null) {
            throw new IllegalStateException("ros.auth.signing-keys is missing: name a file in a folder that exists");
        }
        return new SigningKeyRing(new SigningKeyFile(file), System::nanoTime);
    }

    @Bean
    RepeatedTask signingKeyReader(SigningKeyRing keys) {
        return new RepeatedTask("signing-keys", KEY_PAUSE, KEY_PAUSE, keys::refresh);
    }

    @Bean
    TokenIssuer tokenIssuer(SigningKeyRing keys) {
        return new TokenIssuer(keys::keys);
    }

    @Bean
    Accounts accounts(MetadataStore store, AccessFeed feed, Clock clock) {
        return new Accounts(store, feed, clock);
    }

    @Bean
    UserRegistry userRegistry(MetadataStore store, Clock clock) {
        return new UserRegistry(store, clock);
    }

    @Bean
    UserStates userStates(
            Accounts accounts, AccessChanges changes, CoreServicesProperties properties, Ticker ticker) {
        return new UserStates(accounts, changes, properties.auth().refreshTokenLifetime(), ticker);
    }

    @Bean
    KnownWaysIn knownWaysIn(AccessChanges changes, Ticker ticker) {
        return new KnownWaysIn(changes, ticker);
    }

    @Bean
    TokenCheck tokenCheck(SigningKeyRing keys, UserStates states, AppAdmission apps, Clock clock) {
        return new TokenCheck(new UserTokenVerifier(TokenKeys.of(keys::keys), clock), states, apps, clock);
    }

    @Bean
    SessionTokens sessionTokens(TokenIssuer issuer, CoreServicesProperties properties, Clock clock) {
        TokenLives lives = new TokenLives(
                properties.auth().accessTokenLifetime(),
                properties.auth().refreshTokenLifetime(),
                properties.auth().loginMaxLifetime());
        return new SessionTokens(issuer, lives, clock);
    }

    @Bean
    ApiKeys apiKeys(MetadataStore store, Clock clock) {
        return new ApiKeys(store, clock);
    }

    @Bean
    LogIns logIns(
            Accounts accounts,
            UserStates states,
            PasswordAccounts passwords,
            ApiKeys keys,
            IdentityProviders providers,
            SessionTokens tokens,
            KnownWaysIn known,
            Clock clock) {
        return new LogIns(accounts, states, passwords, keys, providers, tokens, known, clock);
    }
}
