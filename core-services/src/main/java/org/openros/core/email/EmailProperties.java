// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.MailPurpose;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Mails to the owners of accounts. There are mails if {@code spring.mail.host} names an SMTP server.
 *
 * <pre>
 * ros:
 *   auth:
 *     email:
 *       auto-confirm: false
 *       from: Example Shop &lt;accounts@example.com&gt;
 *       base-url: https://sync.example.com
 *       confirm-url: https://shop.example.com/confirm
 *       reset-url: https://shop.example.com/reset
 *       templates: /etc/ros/mail
 *       confirm-lifetime: 30d
 *       reset-lifetime: 12h
 *       per-hour: 3
 * </pre>
 *
 * @param autoConfirm whether addresses count as confirmed from the start; default true
 * @param from the sender; needed with mails
 * @param baseUrl the address of this installation as seen by readers of mails, without trailing slash; needed with
 *     mails unless both other addresses are set
 * @param confirmUrl page that a confirmation mail leads to; default {@code <base-url>/confirm-email}
 * @param resetUrl page that a reset mail leads to; default {@code <base-url>/reset-password}
 * @param templates folder with {@code confirm.txt}, {@code confirm.html}, {@code reset.txt}, {@code reset.html}; what
 *     is missing is built in
 * @param confirmLifetime how long a confirmation token works; default 30 days
 * @param resetLifetime how long a reset token works; default 12 hours
 * @param perHour how many mails of one purpose an account gets in an hour; default 3
 */
@ConfigurationProperties("ros.auth.email")
public record EmailProperties(
        @DefaultValue("true") boolean autoConfirm,
        @Nullable String from,
        @Nullable URI baseUrl,
        @Nullable URI confirmUrl,
        @Nullable URI resetUrl,
        @Nullable Path templates,
        @DefaultValue("30d") Duration confirmLifetime,
        @DefaultValue("12h") Duration resetLifetime,
        @DefaultValue("3") int perHour) {
    /** Refuses what cannot work. */
    public EmailProperties {
        if (!confirmLifetime.isPositive() || !resetLifetime.isPositive() || perHour < 1) {
            throw new IllegalArgumentException("ros.auth.email: lifetimes and per-hour must be positive");
        }
    }

    Duration life(MailPurpose purpose) {
        return switch (purpose) {
            case CONFIRM -> confirmLifetime;
            case RESET -> resetLifetime;
        };
    }

    /** The page that a mail leads to. */
    URI page(MailPurpose purpose) {
        return switch (purpose) {
            case CONFIRM -> page(confirmUrl, "/confirm-email");
            case RESET -> page(resetUrl, "/reset-password");
        };
    }

    private URI page(@Nullable URI own, String path) {
        if (own != null) {
            return own;
        }
        if (baseUrl == null) {
            throw new IllegalStateException("ros.auth.email.base-url is missing: mails must lead somewhere");
        }
        return URI.create(baseUrl + path);
    }
}
