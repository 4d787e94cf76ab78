// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.core.account.Accounts;
import org.openros.core.account.Identity;
import org.openros.core.account.MailProof;
import org.openros.core.account.MailPurpose;
import org.openros.core.account.MailTokens;
import org.openros.core.email.MailTemplates.Mail;
import org.openros.core.http.ApiError;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.domain.AppId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Sends mails, apart from the requests that ask for them: whether an address is registered at all is found out here, so
 * that neither the answer nor its time tells. Tries again a few times when the store or the mail server does not
 * answer. What waits is bounded, and lost when the process ends. Thread-safe.
 */
final class MailRoom implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MailRoom.class);
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 1_000;
    private static final int ATTEMPTS = 5;
    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(2);

    private final EmailProperties settings;
    private final String from;
    private final Accounts accounts;
    private final MailTokens tokens;
    private final MailTemplates templates;
    private final JavaMailSender sender;
    private final Duration firstPause;
    private final Semaphore places = new Semaphore(MAX_WAITING);
    private final ScheduledThreadPoolExecutor workers;

    /**
     * Opens the mail room.
     *
     * @param firstPause before the second attempt; each later pause is four times as long
     */
    MailRoom(
            EmailProperties settings, Accounts accounts, MailTokens tokens, MailTemplates templates,
            JavaMailSender sender, Duration firstPause) {
        this.settings = settings;
        this.from = requireSender(settings);
        this.accounts = accounts;
        this.tokens = tokens;
        this.templates = templates;
        this.sender = sender;
        this.firstPause = firstPause;
        workers = new ScheduledThreadPoolExecutor(
                THREADS, Thread.ofPlatform().name("mail-", 0).daemon().factory());
        workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static String requireSender(EmailProperties settings) {
        for (MailPurpose purpose : MailPurpose.values()) {
            settings.page(purpose);
        }
        if (settings.from() == null) {
            throw new IllegalStateException("ros.auth.email.from is missing: mails need a sender");
        }
        return settings.from();
    }

    /** Takes an order; ends in a 503 reply if too many wait. */
    void post(AppId app, EmailAddress address, MailPurpose purpose, Asker asker) {
        if (!places.tryAcquire()) {
            throw ApiError.UNAVAILABLE.exception("too many mails at once");
        }
        try {
            workers.execute(() -> attempt(new Order(app, address, purpose, asker), null, 1));
        } catch (RejectedExecutionException e) {
            places.release();
            throw ApiError.UNAVAILABLE.exception();
        }
    }

    private void attempt(Order order, @Nullable MimeMessage ready, int count) {
        MimeMessage message = ready;
        try {
            message = message == null ? write(order) : message;
            if (message != null) {
                sender.send(message);
            }
            places.release();
        } catch (MailException | StoreUnavailableException e) {
            again(order, message, count, e);
        } catch (MessagingException | RuntimeException e) {
            places.release();
            LOG.error("a mail to {} could not be made", order.purpose().label(), e);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // an attempt tells of its failure itself
    private void again(Order order, @Nullable MimeMessage message, int count, RuntimeException problem) {
        if (count >= ATTEMPTS) {
            places.release();
            LOG.error("a mail to {} was given up after {} attempts", order.purpose().label(), count, problem);
            return;
        }
        LOG.warn("a mail to {} is tried again: {}", order.purpose().label(), problem.getMessage());
        long pause = firstPause.toMillis() << (2 * (count - 1));
        try {
            workers.schedule(() -> attempt(order, message, count + 1), pause, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.warn("a mail to {} is lost: the process ends", order.purpose().label());
        }
    }

    /** The message, or null if nobody is to get one. */
    private @Nullable MimeMessage write(Order order) throws MessagingException {
        Identity identity = accounts.findIdentity(order.address().identity(order.app()));
        boolean needed = identity != null
                && order.address().isDeliverable()
                && (order.purpose() == MailPurpose.RESET || identity.unconfirmed());
        MailProof proof = needed && identity != null
                ? tokens.issue(identity, order.purpose(), settings.life(order.purpose()), settings.perHour())
                : null;
        return proof == null ? null : message(order, templates.fill(order.purpose(), values(order, proof)));
    }

    private Map<String, String> values(Order order, MailProof proof) {
        URI link = UriComponentsBuilder.fromUri(settings.page(order.purpose()))
                .queryParam("token", proof.token())
                .queryParam("tokenId", proof.id())
                .build(true)
                .toUri();
        Map<String, String> values = new HashMap<>();
        values.put("LINK", link.toString());
        values.put("TOKEN", proof.token());
        values.put("TOKEN_ID", proof.id());
        values.put("BASE_URL", settings.baseUrl() == null ? "" : settings.baseUrl().toString());
        values.put("EMAIL", order.address().value());
        values.put("APP", order.app().value());
        values.put("IP", order.asker().address());
        values.put("USER_AGENT", order.asker().userAgent());
        return values;
    }

    private MimeMessage message(Order order, Mail mail) throws MessagingException {
        MimeMessage message = sender.createMimeMessage();
        MimeMessageHelper helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
        helper.setFrom(new InternetAddress(from, true));
        helper.setTo(new InternetAddress(order.address().value(), true));
        helper.setSubject(mail.subject());
        helper.setText(mail.text(), mail.html());
        return message;
    }

    /** Sends what can be sent at once, and drops the rest. */
    @Override
    public void close() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private record Order(AppId app, EmailAddress address, MailPurpose purpose, Asker asker) {}
}
