// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openros.core.ApiClient.Reply;
import org.openros.core.MailServer.Proof;
import org.openros.core.RosServer.Account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.RosServer.PASSWORD;
import static org.openros.core.RosServer.logIn;
import static org.openros.core.RosServer.parameter;
import static org.openros.core.RosServer.problem;

/** Passwords and mails (admin API, sections 6.2 and 7.2). */
class RosAccountTest {
    private static MailServer smtp;
    private static RosServer ros;

    @BeforeAll
    static void start(@TempDir Path folder) {
        smtp = new MailServer();
        ros = new RosServer(folder, smtp.settings());
    }

    @AfterAll
    static void stop() {
        ros.close();
        smtp.close();
    }

    private static Reply change(String token, String body) {
        return ros.client.send("PUT", "/auth/password", token, body);
    }

    private static Reply update(String body) {
        return ros.client.post("/auth/password/updateAccount", null, body);
    }

    private static Reply logInWith(Account account, String password) {
        return ros.auth(logIn(account.name(), password));
    }

    @Test
    void aUserWhoChangesThePasswordKeepsThisLogInOnly() {
        Account ann = ros.account("ann@example.com");
        String other = logInWith(ann, PASSWORD).json().path("refresh_token").path("token").asString();
        assertThat(change(ann.refresh(), "{\"data\":{\"new_password\":\"secret2\"}}").body()).isEqualTo("{}");
        assertThat(ros.userToken(ann.refresh()).status()).isEqualTo(200);
        assertThat(problem(ros.userToken(other))).isEqualTo("403 614");
        assertThat(problem(logInWith(ann, PASSWORD))).isEqualTo("401 611");
        assertThat(logInWith(ann, "secret2").status()).isEqualTo(200);
    }

    @Test
    void administratorsChangeThePasswordsOfOthersAndUsersTheirOwn() {
        Account bob = ros.account("bob@example.com");
        Account eve = ros.account("eve@example.com");
        String body = "{\"user_id\":\"" + bob.id() + "\",\"data\":{\"new_password\":\"secret3\"}}";
        assertThat(problem(change(eve.refresh(), body))).isEqualTo("403 614");
        assertThat(change(ros.admin, body).body()).isEqualTo("{}");
        assertThat(logInWith(bob, "secret3").status()).isEqualTo(200);
        assertThat(problem(change(ros.admin, body.replace(bob.id(), "0".repeat(24))))).isEqualTo("404 612");
        assertThat(problem(change(ros.admin, "{\"data\":{\"new_password\":\"secret3\"}}"))).isEqualTo("400 602");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "password; {}; 400 602; data",
        "password; {\"data\":{}}; 400 602; new_password",
        "password; {\"data\":{\"new_password\":\"x\"}}; 400 601; body",
        "password; {\"data\":{\"new_password\":\"secret9\",\"old_password\":\"wrong\"}}; 401 611; ''",
        "jwt; {\"data\":{\"new_password\":\"secret9\"}}; 400 601; provider",
        "myspace; {\"data\":{\"new_password\":\"secret9\"}}; 400 601; provider",
    })
    void badChangesAreRefused(String provider, String body, String expected, String parameter) {
        Account ann = ros.account("refused" + expected.hashCode() + body.hashCode() + provider + "@example.com");
        Reply reply = ros.client.send("PUT", "/auth/" + provider, ann.refresh(), body);
        assertThat(problem(reply)).isEqualTo(expected);
        assertThat(parameter(reply)).isEqualTo(parameter);
    }

    @Test
    void whereItIsWantedTheOldPasswordOrARecentLogInIsShown(@TempDir Path folder) {
        try (RosServer strict = new RosServer(folder, "--ros.auth.compat.require-recent-login=true")) {
            Account ann = strict.account("ann@example.com");
            String user = strict.userToken(ann.refresh()).json().path("user_token").path("token").asString();
            String body = "{\"data\":{\"new_password\":\"secret2\"}}";
            assertThat(problem(strict.client.send("PUT", "/auth/password", user, body))).isEqualTo("403 614");
            assertThat(strict.client.send("PUT", "/auth/password", ann.refresh(), body).body()).isEqualTo("{}");
            String proven = "{\"data\":{\"new_password\":\"secret3\",\"old_password\":\"secret2\"}}";
            assertThat(strict.client.send("PUT", "/auth/password", user, proven).body()).isEqualTo("{}");
        }
    }

    private static String token(String recipient) {
        Proof proof = Proof.of(smtp.mail(recipient, 1));
        return proof.tokenId() + "." + proof.token();
    }

    @Test
    void aPasswordIsResetByMailAndAllLogInsEnd() {
        Account ann = ros.account("reset@example.com");
        Reply asked = update("{\"provider_id\":\"reset@example.com\",\"data\":{\"action\":\"reset_password\"}}");
        Reply unknown = update("{\"provider_id\":\"nobody@example.com\",\"action\":\"reset_password\"}");
        assertThat(asked.body()).isEqualTo("{}").isEqualTo(unknown.body());
        assertThat(asked.status()).isEqualTo(unknown.status()).isEqualTo(200);
        String token = token("reset@example.com");
        String body = "{\"action\":\"complete_reset\",\"token\":\"" + token + "\",\"new_password\":\"secret4\"}";
        assertThat(update(body).body()).isEqualTo("{}");
        assertThat(problem(update(body))).isEqualTo("403 614");
        assertThat(problem(ros.userToken(ann.refresh()))).isEqualTo("403 614");
        assertThat(logInWith(ann, "secret4").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "{}; 400 602; action",
        "{\"data\":{\"action\":\"dance\"}}; 400 601; action",
        "{\"data\":{\"action\":\"reset_password\"}}; 400 602; provider_id",
        "{\"data\":{\"action\":\"complete_reset\"}}; 400 602; token",
        "{\"data\":{\"action\":\"complete_reset\",\"token\":\"x\"}}; 400 602; new_password",
        "{\"data\":{\"action\":\"complete_reset\",\"token\":\"x\",\"new_password\":\"secret5\"}}; 403 614; ''",
        "{\"data\":{\"action\":\"confirm_email\"}}; 400 602; token",
        "{\"data\":{\"action\":\"confirm_email\",\"token\":\"x.y\"}}; 403 614; ''",
    })
    void badActionsAreRefused(String body, String expected, String parameter) {
        Reply reply = update(body);
        assertThat(problem(reply)).isEqualTo(expected);
        assertThat(parameter(reply)).isEqualTo(parameter);
    }

    @Test
    void otherProvidersSendNoMailsAndWithoutAMailServerNobodyDoes(@TempDir Path folder) {
        String body = "{\"provider_id\":\"a@example.com\",\"data\":{\"action\":\"reset_password\"}}";
        Reply reply = ros.client.post("/auth/jwt/updateAccount", null, body);
        assertThat(problem(reply)).isEqualTo("400 601");
        assertThat(parameter(reply)).isEqualTo("provider");
        try (RosServer mute = new RosServer(folder)) {
            assertThat(problem(mute.client.post("/auth/password/updateAccount", null, body))).isEqualTo("501 803");
        }
    }
}
