// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.core.ApiClient.Reply;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.openros.core.ApiClient.API;

class EmailAccountTest {
    private static final String APP = "test-app";
    private static final String PASSWORD = "password1";
    private static final Pattern LINK = Pattern.compile("https://sync\\.example\\.com(/\\S+)");
    private static final Pattern PROOF = Pattern.compile("token=([0-9a-f]{64})&tokenId=([0-9a-f]{24})");

    private static GreenMail smtp;
    private static CoreServicesRunner core;
    private static ApiClient api;

    @BeforeAll
    static void start(@TempDir Path folder) {
        smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"),
                "--ros.auth.password-hashing.patience=20s",
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + smtp.getSmtp().getPort(),
                "--ros.auth.email.auto-confirm=false",
                "--ros.auth.email.from=Test Shop <accounts@example.com>",
                "--ros.auth.email.base-url=https://sync.example.com");
        api = new ApiClient(core.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        core.close();
        smtp.stop();
    }

    private static Reply post(String action, String body) {
        return api.post(ApiClient.providers(APP) + "local-userpass/" + action, null, body);
    }

    private static Reply send(String action, String email) {
        return post(action + "/send", "{\"email\":\"" + email + "\"}");
    }

    private static List<MimeMessage> mailsTo(String email) {
        return Arrays.stream(smtp.getReceivedMessages())
                .filter(mail -> recipient(mail).equals(email))
                .toList();
    }

    private static String recipient(MimeMessage mail) {
        try {
            return mail.getAllRecipients()[0].toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static MimeMessage mail(String email, int number) {
        await().atMost(Duration.ofSeconds(20)).until(() -> mailsTo(email).size() >= number);
        return mailsTo(email).get(number - 1);
    }

    private static String text(Part part, String type) throws Exception {
        if (part.getContent() instanceof Multipart parts) {
            StringBuilder found = new StringBuilder();
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart child = parts.getBodyPart(i);
                found.append(text(child, type));
            }
            return found.toString();
        }
        return part.isMimeType(type) ? part.getContent().toString() : "";
    }

    /** The JSON that brings the token of a mail back, with more keys. */
    private static String proof(MimeMessage mail, String more) throws Exception {
        Matcher proof = PROOF.matcher(text(mail, "text/plain"));
        assertThat(proof.find()).isTrue();
        return "{\"token\":\"" + proof.group(1) + "\",\"tokenId\":\"" + proof.group(2) + "\"" + more + "}";
    }

    private static String path(MimeMessage mail) throws Exception {
        Matcher link = LINK.matcher(text(mail, "text/plain"));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private static Reply confirmed(String email) throws Exception {
        assertThat(api.register(APP, email, PASSWORD).status()).isEqualTo(201);
        assertThat(post("confirm", proof(mail(email, 1), "")).status()).isEqualTo(200);
        Reply login = api.logIn(APP, email, PASSWORD);
        assertThat(login.status()).isEqualTo(200);
        return login;
    }

    @Test
    void addressMustBeConfirmedBeforeTheFirstLogIn() throws Exception {
        assertThat(api.register(APP, "new@example.com", PASSWORD).status()).isEqualTo(201);
        Reply early = api.logIn(APP, "new@example.com", PASSWORD);
        assertThat(early.error()).isEqualTo("401 AuthError");
        assertThat(early.text("error")).isEqualTo("confirmation required");
        assertThat(api.logIn(APP, "new@example.com", "password2").error()).isEqualTo("401 InvalidPassword");
        assertThat(post("confirm", proof(mail("new@example.com", 1), "")).status()).isEqualTo(200);
        assertThat(api.logIn(APP, "new@example.com", PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void mailHasTextAndHtmlAndTheConfiguredSender() throws Exception {
        api.register(APP, "o'brien&co@example.com", PASSWORD);
        MimeMessage mail = mail("o'brien&co@example.com", 1);
        assertThat(mail.getFrom()[0]).hasToString("Test Shop <accounts@example.com>");
        assertThat(mail.getSubject()).isEqualTo("Confirm your address");
        assertThat(text(mail, "text/plain")).contains("o'brien&co@example.com", "/confirm-email?token=");
        assertThat(text(mail, "text/html")).contains("o&#39;brien&amp;co@example.com", "&amp;tokenId=");
    }

    @Test
    void tokenWorksOnceAndForItsPurposeOnly() throws Exception {
        confirmed("once@example.com");
        String used = proof(mail("once@example.com", 1), "");
        assertThat(post("confirm", used).error()).isEqualTo("400 UserpassTokenInvalid");
        send("reset", "once@example.com");
        MimeMessage reset = mail("once@example.com", 2);
        assertThat(post("confirm", proof(reset, "")).error()).isEqualTo("400 UserpassTokenInvalid");
        assertThat(api.post(
                                ApiClient.providers("other-app") + "local-userpass/reset",
                                null,
                                proof(reset, ",\"password\":\"password2\""))
                        .error())
                .isEqualTo("400 UserpassTokenInvalid");
        assertThat(post("reset", proof(reset, ",\"password\":\"short\"")).error()).isEqualTo("400 BadRequest");
        assertThat(post("reset", proof(reset, ",\"password\":\"password2\"")).status()).isEqualTo(200);
        assertThat(post("reset", proof(reset, ",\"password\":\"password3\"")).error())
                .isEqualTo("400 UserpassTokenInvalid");
    }

    @Test
    void resetChangesThePasswordAndEndsAllLogIns() throws Exception {
        Reply login = confirmed("reset@example.com");
        send("reset", "reset@example.com");
        String proof = proof(mail("reset@example.com", 2), ",\"password\":\"password2\"");
        assertThat(post("reset", proof).status()).isEqualTo(200);
        assertThat(api.post(API + "/auth/session", login.text("refresh_token"), "").error())
                .isEqualTo("401 InvalidSession");
        assertThat(api.get(API + "/auth/profile", login.text("access_token")).error()).isEqualTo("401 InvalidSession");
        assertThat(api.logIn(APP, "reset@example.com", PASSWORD).error()).isEqualTo("401 InvalidPassword");
        assertThat(api.logIn(APP, "reset@example.com", "password2").text("user_id")).isEqualTo(login.text("user_id"));
    }

    @Test
    void resetConfirmsTheAddressToo() throws Exception {
        api.register(APP, "squatted@example.com", "password of somebody else");
        mail("squatted@example.com", 1);
        send("reset", "squatted@example.com");
        assertThat(post("reset", proof(mail("squatted@example.com", 2), ",\"password\":\"password2\""))
                        .status())
                .isEqualTo(200);
        assertThat(api.logIn(APP, "squatted@example.com", "password2").status()).isEqualTo(200);
    }

    @Test
    void strangersLearnNothingFromAskingForMails() throws Exception {
        confirmed("known@example.com");
        for (String action : List.of("confirm", "reset")) {
            assertThat(send(action, "known@example.com")).isEqualTo(send(action, "unknown@example.com"));
        }
        mail("known@example.com", 2);
        assertThat(mailsTo("unknown@example.com")).isEmpty();
        assertThat(mailsTo("known@example.com")).as("a confirmed address needs no confirmation").hasSize(2);
    }

    @Test
    void accountGetsThreeMailsOfAKindInAnHour() {
        api.register(APP, "flood@example.com", PASSWORD);
        for (int i = 0; i < 6; i++) {
            assertThat(send("reset", "flood@example.com").status()).isEqualTo(200);
        }
        mail("flood@example.com", 4);
        send("reset", "flood-end@example.com");
        api.register(APP, "flood-end@example.com", PASSWORD);
        mail("flood-end@example.com", 1);
        assertThat(mailsTo("flood@example.com")).hasSize(1 + 3);
    }

    @Test
    void newMailMakesTheOneBeforeUseless() throws Exception {
        confirmed("twice@example.com");
        send("reset", "twice@example.com");
        MimeMessage first = mail("twice@example.com", 2);
        send("reset", "twice@example.com");
        MimeMessage second = mail("twice@example.com", 3);
        assertThat(post("reset", proof(first, ",\"password\":\"password2\"")).error())
                .isEqualTo("400 UserpassTokenInvalid");
        assertThat(post("reset", proof(second, ",\"password\":\"password2\"")).status()).isEqualTo(200);
    }

    @Test
    void storeHasTheDigestOfATokenOnly() throws Exception {
        api.register(APP, "digest@example.com", PASSWORD);
        Matcher proof = PROOF.matcher(text(mail("digest@example.com", 1), "text/plain"));
        assertThat(proof.find()).isTrue();
        var stored = core.store().find(new ObjectRef(MetadataTable.MAIL_TOKEN, proof.group(2)));
        assertThat(String.valueOf(stored)).contains("digest@example.com").doesNotContain(proof.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a@example.com,b@example.com", "Ann <ann@example.com>", "no-at-sign", "group: a@example.com;", "a b@example.com"
    })
    void addressThatIsNotOneMailboxIsRefused(String email) {
        assertThat(api.register(APP, email, PASSWORD).error()).isEqualTo("400 BadRequest");
    }

    private static HttpResponse<String> page(String method, String path, String form) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(core.url() + path))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .method(method, HttpRequest.BodyPublishers.ofString(form))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String form(MimeMessage mail, String... more) throws Exception {
        String path = path(mail);
        StringBuilder form = new StringBuilder(path.substring(path.indexOf('?') + 1));
        for (int i = 0; i < more.length; i += 2) {
            form.append('&').append(more[i]).append('=').append(URLEncoder.encode(more[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }

    @Test
    void pageConfirmsOnItsButtonNotOnBeingOpened() throws Exception {
        api.register(APP, "page@example.com", PASSWORD);
        MimeMessage mail = mail("page@example.com", 1);
        HttpResponse<String> opened = page("GET", path(mail), "");
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(opened.body()).contains("method=\"post\"");
        assertThat(api.logIn(APP, "page@example.com", PASSWORD).error()).isEqualTo("401 AuthError");
        assertThat(page("POST", "/confirm-email", form(mail)).body()).contains("is confirmed");
        assertThat(api.logIn(APP, "page@example.com", PASSWORD).status()).isEqualTo(200);
        assertThat(page("GET", path(mail), "").statusCode()).isEqualTo(400);
    }

    @Test
    void pageTakesANewPasswordTwice() throws Exception {
        confirmed("form@example.com");
        send("reset", "form@example.com");
        MimeMessage mail = mail("form@example.com", 2);
        assertThat(page("GET", path(mail), "").body()).contains("password-repeated");
        String differs = form(mail, "password", "password2", "password-repeated", "password3");
        assertThat(page("POST", "/reset-password", differs).body()).contains("differ").contains("<form");
        String shorter = form(mail, "password", "x", "password-repeated", "x");
        assertThat(page("POST", "/reset-password", shorter).body()).contains("characters").contains("<form");
        String good = form(mail, "password", "pässword 2", "password-repeated", "pässword 2");
        assertThat(page("POST", "/reset-password", good).statusCode()).isEqualTo(200);
        assertThat(api.logIn(APP, "form@example.com", "pässword 2").status()).isEqualTo(200);
    }

    @Test
    void pagesRunNoScriptsAndGiveNothingBack() throws Exception {
        for (String path : List.of("/confirm-email", "/reset-password")) {
            HttpResponse<String> page = page("GET", path + "?token=%3Cscript%3E&tokenId=%22onload=&email=%3Cb%3E", "");
            assertThat(page.statusCode()).isEqualTo(400);
            assertThat(page.body()).doesNotContain("<script", "onload", "<b>");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none';")
                    .contains("frame-ancestors 'none'");
            assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(page.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(page.headers().allValues("X-Frame-Options")).containsExactly("DENY");
            String hostile = "token=%3Cscript%3E&tokenId=%22onload=&password=%3Cb%3E&password-repeated=x";
            assertThat(page("POST", path, hostile).body()).doesNotContain("<script", "onload", "<b>");
        }
    }
}
