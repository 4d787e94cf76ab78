// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Takes the mails of a server, and shows them. */
final class MailServer implements AutoCloseable {
    private static final Pattern PROOF = Pattern.compile("token=([0-9a-f]{64})&tokenId=([0-9a-f]{24})");

    private final GreenMail smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    MailServer() {
        smtp.start();
    }

    /** What lets a server send mails, and further settings. */
    String[] settings(String... further) {
        Stream<String> own = Stream.of(
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + smtp.getSmtp().getPort(),
                "--ros.auth.email.from=Test Shop <accounts@example.com>",
                "--ros.auth.email.base-url=https://sync.example.com");
        return Stream.concat(own, Arrays.stream(further)).toArray(String[]::new);
    }

    /** The mails to somebody, in their order. */
    List<MimeMessage> to(String email) {
        return Arrays.stream(smtp.getReceivedMessages())
                .filter(mail -> recipient(mail).equals(email))
                .toList();
    }

    private static String recipient(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A mail to somebody, once it is there; the first has number 1. */
    MimeMessage mail(String email, int number) {
        await().atMost(Duration.ofSeconds(20)).until(() -> to(email).size() >= number);
        return to(email).get(number - 1);
    }

    /** The parts of a type. */
    static String text(Part part, String type) {
        try {
            if (part.getContent() instanceof Multipart parts) {
                StringBuilder found = new StringBuilder();
                for (int i = 0; i < parts.getCount(); i++) {
                    found.append(text(parts.getBodyPart(i), type));
                }
                return found.toString();
            }
            return part.isMimeType(type) ? part.getContent().toString() : "";
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What shows that its bearer has read a mail. */
    record Proof(String token, String tokenId) {
        static Proof of(MimeMessage mail) {
            Matcher proof = PROOF.matcher(text(mail, "text/plain"));
            assertThat(proof.find()).isTrue();
            return new Proof(proof.group(1), proof.group(2));
        }
    }

    @Override
    public void close() {
        smtp.stop();
    }
}
