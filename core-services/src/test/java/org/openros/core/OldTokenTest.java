// SPDX-License-Identifier: Apache-2.0
package org.openros.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.core.ApiClient.Reply;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.openros.core.RosServer.problem;

/**
 * Refresh tokens that a Realm Object Server has signed (admin API, section 4.1; row 3 of its acceptance tests). The
 * files {@code old/*} were made by OpenSSL, the rest is made here.
 */
class OldTokenTest {
    private static final String GOLDEN_USER = "9d4a1f0b6c3e4f7a8b2c5d6e7f809a1b";
    private static final long FAR = 4_102_444_800L;

    private static KeyPair pair;
    private static RosServer ros;

    @BeforeAll
    static void start(@TempDir Path folder) throws GeneralSecurityException, IOException {
        pair = pair(2048);
        ros = new RosServer(
                folder,
                "--ros.auth.compat.old-keys[0]=" + Files.writeString(folder.resolve("golden.pub"), stored("auth.pub")),
                "--ros.auth.compat.old-keys[1]=" + Files.writeString(folder.resolve("other.pub"), pem(pair)),
                "--ros.permissions.rules[0].partition=/~/**",
                "--ros.permissions.rules[0].access=admin");
    }

    @AfterAll
    static void stop() {
        ros.close();
    }

    private static KeyPair pair(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static String pem(KeyPair keys) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static String stored(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(OldTokenTest.class.getResourceAsStream("old/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String payload(String user, String rest) {
        return "{\"app_id\":\"io.realm.Auth\",\"identity\":\"" + user + "\",\"salt\":\"00ff00ff\"," + rest + "}";
    }

    private static String refreshPayload(String user) {
        return payload(user, "\"access\":[\"refresh\"],\"expires\":" + FAR);
    }

    private static String sign(KeyPair keys, String payload) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        signature.update(bytes);
        return text(bytes) + ":" + text(signature.sign());
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static void bring(String user) {
        Reply reply = ros.client.send("PUT", "/auth/users", ros.admin,
                "{\"provider\":\"password\",\"provider_id\":\"" + user + "@example.com\",\"user_id\":\"" + user
                        + "\"}");
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    @Test
    void aStoredKeyVerifiesAStoredTokenWhichGivesTokensOfThisServer() throws IOException {
        String token = stored("refresh-token.txt").strip();
        assertThat(problem(ros.userToken(token))).as("nobody has this id yet").isEqualTo("403 614");
        bring(GOLDEN_USER);
        Reply user = ros.userToken(token);
        assertThat(user.status()).as(user.body()).isEqualTo(200);
        JsonNode data = user.json().path("user_token").path("token_data");
        assertThat(data.path("identity").asString()).isEqualTo(GOLDEN_USER);
        String text = user.json().path("user_token").path("token").asString();
        assertThat(ros.user("GET", GOLDEN_USER, text, null).status()).isEqualTo(200);
        Reply realm = ros.realmToken(token, "/~/notes");
        assertThat(realm.json().path("access_token").path("token_data").path("path").asString())
                .isEqualTo("/" + GOLDEN_USER + "/notes");
        String fresh = realm.json().path("refresh_token").path("token").asString();
        assertThat(ros.userToken(fresh).status()).isEqualTo(200);
    }

    @Test
    void tokensForRealmsAreNoRefreshTokens() throws IOException {
        assertThat(problem(ros.userToken(stored("access-token.txt").strip()))).isEqualTo("403 614");
    }

    @Test
    void oneTokenIsOneLogInHoweverOftenItIsShown() throws Exception {
        bring("often");
        String token = sign(pair, refreshPayload("often"));
        String first = ros.userToken(token).json().path("refresh_token").path("token").asString();
        ros.userToken(token);
        assertThat(ros.client.post("/auth/revoke", first, "{\"token\":\"" + first + "\"}").status()).isEqualTo(200);
        assertThat(problem(ros.userToken(token))).isEqualTo("403 614");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "\"access\":[\"refresh\"],\"expires\":1000000000; long gone",
        "\"access\":[\"refresh\"]; without end",
        "\"access\":[\"refresh\"],\"expires\":\"4102444800\"; an end that is a text",
        "\"access\":[\"refresh\"],\"expires\":1e300; an end beyond all time",
        "\"access\":[\"download\",\"upload\",\"manage\"],\"expires\":4102444800; of an administrator",
        "\"access\":\"refresh\",\"expires\":4102444800; not a list",
        "\"access\":[\"refresh\"],\"expires\":4102444800,\"identity\":\"victim\"; two identities",
        "\"access\":[\"refresh\"],\"expires\":4102444800}{; more than one object",
    })
    void whatIsSignedButNoRefreshTokenIsRefused(String rest, String why) throws Exception {
        if (ros.user("GET", "signed", ros.admin, null).status() != 200) {
            bring("signed");
        }
        assertThat(problem(ros.userToken(sign(pair, payload("signed", rest))))).as(why).isEqualTo("403 614");
    }

    @Test
    void whatIsAlteredOrWrittenInAnotherWayIsRefused() throws Exception {
        bring("altered");
        bring("victim");
        String token = sign(pair, refreshPayload("altered"));
        String[] parts = token.split(":");
        String other = text(refreshPayload("victim").getBytes(StandardCharsets.UTF_8));
        String padded = sign(pair, refreshPayload("altered").replace("00ff00ff", "0"));
        String[] forgeries = {
            other + ":" + parts[1],
            sign(pair(2048), refreshPayload("victim")),
            token + ":",
            token + ":" + parts[1],
            ":" + token,
            parts[0] + "\n:" + parts[1],
            token + " ",
            token.replace('+', '-').replace('/', '_') + "_",
            padded.replace("=", ""),
            parts[0] + ":",
            ":" + parts[1],
            ":",
            parts[1] + ":" + parts[0],
            "x".repeat(20_000) + ":" + parts[1],
        };
        assertThat(padded).contains("=");
        for (String forgery : forgeries) {
            assertThat(problem(ros.userToken(forgery))).as(forgery).isEqualTo("403 614");
        }
        assertThat(ros.userToken(token).status()).isEqualTo(200);
    }

    @Test
    void whoeverLoggedOutOrIsSuspendedLogsInAnew() throws Exception {
        bring("suspended");
        String token = sign(pair, refreshPayload("suspended"));
        assertThat(ros.userToken(token).status()).isEqualTo(200);
        ros.user("PATCH", "suspended", ros.admin, "{\"status\":\"suspended\"}");
        assertThat(problem(ros.userToken(token))).isEqualTo("403 614");
        ros.user("PATCH", "suspended", ros.admin, "{\"status\":\"active\"}");
        assertThat(ros.userToken(token).status()).isEqualTo(200);
        assertThat(ros.client.post("/auth/revoke", ros.admin, "{\"token\":\"" + token + "\"}").body()).isEqualTo("{}");
        assertThat(problem(ros.userToken(token))).isEqualTo("403 614");
        String unused = sign(pair, refreshPayload("suspended").replace("00ff00ff", "11ff11ff"));
        assertThat(problem(ros.userToken(unused))).as("of the same user, from before").isEqualTo("403 614");
    }

    @Test
    void anEndedTokenIsRevokedWithoutEffectAndAForgedOneIsNot() throws Exception {
        bring("mine");
        String gone = sign(pair, payload("mine", "\"access\":[\"refresh\"],\"expires\":1000000000"));
        assertThat(ros.client.post("/auth/revoke", ros.admin, "{\"token\":\"" + gone + "\"}").body()).isEqualTo("{}");
        String forged = sign(pair(2048), refreshPayload("mine"));
        assertThat(problem(ros.client.post("/auth/revoke", ros.admin, "{\"token\":\"" + forged + "\"}")))
                .isEqualTo("401 611");
        String mine = sign(pair, refreshPayload("mine"));
        String yours = ros.account("yours-of-old@example.com").refresh();
        assertThat(problem(ros.client.post("/auth/revoke", yours, "{\"token\":\"" + mine + "\"}")))
                .isEqualTo("403 614");
        assertThat(ros.userToken(mine).status()).isEqualTo(200);
    }

    @Test
    void withoutKeysNoneIsAccepted(@TempDir Path folder) throws IOException {
        try (RosServer strict = new RosServer(folder)) {
            assertThat(problem(strict.userToken(stored("refresh-token.txt").strip()))).isEqualTo("403 614");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"})
    void aFileWithoutAKeyEndsTheStart(String content, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("auth.pub"), content);
        assertThatThrownBy(() -> new RosServer(folder, "--ros.auth.compat.old-keys=" + file).close())
                .hasStackTraceContaining("ros.auth.compat.old-keys");
    }

    @Test
    void aShortKeyEndsTheStart(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("auth.pub"), pem(pair(1024)));
        assertThatThrownBy(() -> new RosServer(folder, "--ros.auth.compat.old-keys=" + file).close())
                .hasStackTraceContaining("too short");
    }
}
