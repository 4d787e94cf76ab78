// SPDX-License-Identifier: Apache-2.0
package org.openros.core.email;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.core.account.Accounts;
import org.openros.core.account.MailPurpose;
import org.openros.core.account.MailTokens;
import org.openros.core.http.ApiException;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.core.permission.AccessList;
import org.openros.domain.AppId;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class MailRoomTest {
    private static final AppId APP = new AppId("test-app");
    private static final EmailAddress ANN = EmailAddress.of("ann@example.com");
    private static final Asker ASKER = new Asker("192.0.2.1", "test");
    private static final EmailProperties SETTINGS = new EmailProperties(
            false, "shop@example.com", URI.create("https://sync.example.com"), null, null, null,
            Duration.ofDays(1), Duration.ofDays(1), 3);

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final Accounts accounts = new Accounts(store, AccessList.of(store).feed(), Clock.systemUTC());
    private int port;

    @BeforeEach
    void registerAnn() throws Exception {
        accounts.register(ANN.identity(APP), "hash", true);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    private MailRoom open(EmailProperties settings) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(port);
        return new MailRoom(
                settings, accounts, new MailTokens(store, accounts, Clock.systemUTC()), new MailTemplates(null),
                sender, Duration.ofMillis(100));
    }

    @Test
    void mailWaitsForStoreAndServerThatAreAway() {
        GreenMail smtp = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        store.setAway(true);
        try (MailRoom room = open(SETTINGS)) {
            room.post(APP, ANN, MailPurpose.CONFIRM, ASKER);
            store.setAway(false);
            smtp.start();
            await().atMost(Duration.ofSeconds(20)).until(() -> smtp.getReceivedMessages().length == 1);
        } finally {
            smtp.stop();
        }
    }

    @Test
    void waitingMailsAreBounded() {
        store.setAway(true);
        try (MailRoom room = open(SETTINGS)) {
            assertThatExceptionOfType(ApiException.class).isThrownBy(() -> {
                for (int i = 0; i < 5_000; i++) {
                    room.post(APP, ANN, MailPurpose.CONFIRM, ASKER);
                }
            });
        }
    }

    @Test
    void mailsNeedASenderAndALink() {
        EmailProperties nowhere = new EmailProperties(
                false, "shop@example.com", null, null, null, null, Duration.ofDays(1), Duration.ofDays(1), 3);
        EmailProperties nobody = new EmailProperties(
                false, null, URI.create("https://a"), null, null, null, Duration.ofDays(1), Duration.ofDays(1), 3);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> open(nowhere))
                .withMessageContaining("ros.auth.email.base-url");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> open(nobody))
                .withMessageContaining("ros.auth.email.from");
    }
}
