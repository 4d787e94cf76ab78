// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.ApiClient.Reply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.RosServer.APP;

/** What the page on migrating promises about users of another server: same ids, and a way in. */
class MigrationTest {
    private static final String OLD_ID = "5f8d0d55b54764421b7156c5";
    private static final String SECRET = "a secret that two parties share, 32 bytes";
    private static final Pattern PROOF = Pattern.compile("token=([0-9a-f]{64})&tokenId=([0-9a-f]{24})");

    private static GreenMail smtp;
    private static RosServer ros;

    @BeforeAll
    static void start(@TempDir Path folder) {
        smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        ros = new RosServer(
                folder,
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + smtp.getSmtp().getPort(),
                "--ros.auth.email.from=accounts@example.com",
                "--ros.auth.email.base-url=https://sync.example.com",
                "--ros.auth.issuers.backend.issuer=backend",
                "--ros.auth.issuers.backend.secret=" + SECRET);
    }

    @AfterAll
    static void stop() {
        ros.close();
        smtp.stop();
    }

    private static Reply bring(String provider, String name, String userId) {
        return ros.client.send("PUT", "/auth/users", ros.admin, """
                {"provider": "%s", "provider_id": "%s", "user_id": "%s"}""".formatted(provider, name, userId));
    }

    @Test
    void aUserWithAnAddressKeepsTheIdAndChoosesANewPasswordByMail() {
        assertThat(bring("password", "ann@example.com", OLD_ID).status()).isEqualTo(200);
        assertThat(ros.client.logIn(APP, "ann@example.com", "of the old server").error()).isEqualTo("401 InvalidPassword");
        assertThat(ros.client.register(APP, "ann@example.com", "of a stranger").error()).isEqualTo("409 AccountNameInUse");

        String local = ApiClient.providers(APP) + "local-userpass";
        ros.client.post(local + "/reset/send", null, "{\"email\":\"ann@example.com\"}");
        assertThat(smtp.waitForIncomingEmail(20_000, 1)).isTrue();
        String mail = GreenMailUtil.getBody(smtp.getReceivedMessages()[0]).replace("=\r\n", "").replace("=3D", "=");
        Matcher proof = PROOF.matcher(mail);
        assertThat(proof.find()).isTrue();
        assertThat(ros.client.post(local + "/reset", null, """
                        {"token": "%s", "tokenId": "%s", "password": "of this server"}"""
                                .formatted(proof.group(1), proof.group(2)))
                        .status())
                .isEqualTo(200);
        assertThat(ros.client.logIn(APP, "ann@example.com", "of this server").text("user_id")).isEqualTo(OLD_ID);
    }

    @Test
    @SuppressWarnings("JavaUtilDate")
    void aPersonOfATrustedIssuerKeepsTheId() throws Exception {
        String id = OLD_ID.replace('5', '6');
        assertThat(bring("jwt", "backend/ben", id).status()).isEqualTo(200);

        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .issuer("backend")
                        .subject("ben")
                        .audience(APP)
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .build());
        token.sign(new MACSigner(SECRET.getBytes(StandardCharsets.UTF_8)));
        Reply login = ros.client.post(
                ApiClient.providers(APP) + "custom-token/login", null, "{\"token\":\"" + token.serialize() + "\"}");
        assertThat(login.text("user_id")).isEqualTo(id);
    }
}
