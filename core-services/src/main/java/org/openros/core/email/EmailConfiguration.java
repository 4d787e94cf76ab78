// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openros.core.CoreServicesProperties;
import org.openros.core.account.Accounts;
import org.openros.core.account.MailTokens;
import org.openros.core.account.UserStates;
import org.openros.core.limit.Limits;
import org.openros.core.metadata.MetadataStore;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mail.javamail.JavaMailSender;

/** Builds e-mail accounts; with mails if an SMTP server is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EmailProperties.class)
@Import({EmailAccountController.class, EmailPages.class})
public class EmailConfiguration {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    @Bean
    PasswordHashing passwordHashing(CoreServicesProperties properties) {
        return new PasswordHashing(properties.auth().passwordHashing());
    }

    @Bean
    MailTokens mailTokens(MetadataStore store, Accounts accounts, Clock clock) {
        return new MailTokens(store, accounts, clock);
    }

    @Bean
    Confirmations confirmations(
            EmailProperties settings,
            Accounts accounts,
            MailTokens tokens,
            ObjectProvider<MailRoom> mail,
            ObjectProvider<AccountFunction> functions) {
        return new Confirmations(
                settings,
                accounts,
                tokens,
                mail.getIfAvailable(),
                functions.orderedStream().toList());
    }

    @Bean
    @Nullable MailRoom mailRoom(
            EmailProperties settings, Accounts accounts, MailTokens tokens, ObjectProvider<JavaMailSender> sender) {
        JavaMailSender mailer = sender.getIfAvailable();
        return mailer == null
                ? null
                : new MailRoom(
                        settings, accounts, tokens, new MailTemplates(settings.templates()), mailer, FIRST_PAUSE);
    }

    @Bean
    PasswordAccounts passwordAccounts(
            Accounts accounts,
            UserStates states,
            PasswordHashing hashing,
            MailTokens tokens,
            Confirmations confirmations,
            Limits limits) {
        return new PasswordAccounts(accounts, states, hashing, tokens, confirmations, limits);
    }
}
