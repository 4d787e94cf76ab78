// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.core.ApiClient.Reply;
import org.openros.core.MailServer.Proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.openros.core.RosServer.APP;

/** What the page on migrating promises about users of another server: same ids, and a way in. */
class MigrationTest {
    private static final String OLD_ID = "5f8d0d55b54764421b7156c5";
    private static final String SECRET = "a secret that two parties share, 32 bytes";

    private static MailServer smtp;
    private static RosServer ros;

    @BeforeAll
    static void start(@TempDir Path folder) {
        smtp = new MailServer();
        ros = new RosServer(
                folder,
                smtp.settings("--ros.auth.issuers.backend.issuer=backend",
                        "--ros.auth.issuers.backend.secret=" + SECRET));
    }

    @AfterAll
    static void stop() {
        ros.close();
        smtp.close();
    }

    private static Reply bring(String provider, String name, String userId) {
        return ros.client.send("PUT", "/auth/users", ros.admin, """
                {"provider": "%s", "provider_id": "%s", "user_id": "%s"}""".formatted(provider, name, userId));
    }

    @Test
    void aUserWithAnAddressKeepsTheIdAndChoosesANewPasswordByMail() {
        assertThat(bring("password", "ann@example.com", OLD_ID).status()).isEqualTo(200);
        assertThat(ros.client.logIn(APP, "ann@example.com", "of the old server").error())
                .isEqualTo("401 InvalidPassword");
        assertThat(ros.client.register(APP, "ann@example.com", "of a stranger").error())
                .isEqualTo("409 AccountNameInUse");

        String local = ApiClient.providers(APP) + "local-userpass";
        ros.client.post(local + "/reset/send", null, "{\"email\":\"ann@example.com\"}");
        Proof proof = Proof.of(smtp.mail("ann@example.com", 1));
        assertThat(ros.client.post(local + "/reset", null, """
                        {"token": "%s", "tokenId": "%s", "password": "of this server"}"""
                                .formatted(proof.token(), proof.tokenId()))
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
