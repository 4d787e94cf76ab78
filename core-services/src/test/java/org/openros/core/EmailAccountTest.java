// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import jakarta.mail.internet.MimeMessage;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import org.openros.core.MailServer.Proof;
import org.openros.core.metadata.MetadataTable;
import org.openros.core.metadata.ObjectRef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.ApiClient.API;
import static org.openros.core.MailServer.text;

class EmailAccountTest {
    private static final String APP = "test-app";
    private static final String PASSWORD = "password1";
    private static final Pattern LINK = Pattern.compile("https://sync\\.example\\.com(/\\S+)");

    private static MailServer smtp;
    private static CoreServicesRunner core;
    private static ApiClient api;

    @BeforeAll
    static void start(@TempDir Path folder) {
        smtp = new MailServer();
        core = CoreServicesRunner.start(
                folder.resolve("keys.json"),
                smtp.settings("--ros.auth.password-hashing.patience=20s", "--ros.auth.email.auto-confirm=false"));
        api = new ApiClient(core.url());
    }

    @AfterAll
    static void stop() {
        api.close();
        core.close();
        smtp.close();
    }

    private static Reply post(String action, String body) {
        return api.post(ApiClient.providers(APP) + "local-userpass/" + action, null, body);
    }

    private static Reply send(String action, String email) {
        return post(action + "/send", "{\"email\":\"" + email + "\"}");
    }

    private static MimeMessage mail(String email, int number) {
        return smtp.mail(email, number);
    }

    /** The JSON that brings the token of a mail back, with more keys. */
    private static String proof(MimeMessage mail, String more) {
        Proof proof = Proof.of(mail);
        return "{\"token\":\"" + proof.token() + "\",\"tokenId\":\"" + proof.tokenId() + "\"" + more + "}";
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
        assertThat(smtp.to("unknown@example.com")).isEmpty();
        assertThat(smtp.to("known@example.com")).as("a confirmed address needs no confirmation").hasSize(2);
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
        assertThat(smtp.to("flood@example.com")).hasSize(1 + 3);
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
        Proof proof = Proof.of(mail("digest@example.com", 1));
        var stored = core.store().find(new ObjectRef(MetadataTable.MAIL_TOKEN, proof.tokenId()));
        assertThat(String.valueOf(stored)).contains("digest@example.com").doesNotContain(proof.token());
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
