// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.domain.AppId;
import org.openros.domain.RealmPath;
import org.openros.domain.token.InvalidTokenException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TokenTest {
    private static final SigningKeys KEYS = SigningKeys.generate();

    private final MovableClock clock = new MovableClock();
    private final TokenIssuer issuer = new TokenIssuer(KEYS);
    private final UserTokenVerifier users = new UserTokenVerifier(TokenKeys.of(KEYS), clock);
    private final RealmTokenVerifier realms = new RealmTokenVerifier(TokenKeys.of(KEYS), clock);
    private final ServiceTokens services = new ServiceTokens("0123456789abcdef0123456789abcdef", clock);

    private UserToken user(UserToken.Kind kind) {
        return new UserToken(kind, "6553f0a1c2d3e4f5a6b7c8d9", new AppId("shop"), "6553f0a1c2d3e4f5a6b7c8da",
                "6553f0a1c2d3e4f5a6b7c8db", "id-1", clock.instant(), clock.instant().plusSeconds(1800));
    }

    private RealmToken realm() {
        return new RealmToken("6553f0a1c2d3e4f5a6b7c8d9", new RealmPath("/shop/=int:42"),
                Set.of(AccessRight.READ, AccessRight.WRITE), clock.instant().plusSeconds(300));
    }

    private static void refused(Reason reason, ThrowingCallable check) {
        assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(check)
                .extracting(InvalidTokenException::reason).isEqualTo(reason);
    }

    @Test
    void userTokenComesBackWhole() throws Exception {
        UserToken token = user(UserToken.Kind.ACCESS);
        assertThat(users.verify(issuer.issue(token), UserToken.Kind.ACCESS)).isEqualTo(token);
    }

    @Test
    void timesOfUserTokensArePlainIntegers() throws ParseException {
        String payload = payloadOf(issuer.issue(user(UserToken.Kind.REFRESH)));
        assertThat(payload).contains("\"exp\":1767227400").contains("\"iat\":1767225600").contains("\"aud\":\"shop\"");
    }

    private static String payloadOf(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
    }

    @Test
    void realmTokenComesBackWhole() throws Exception {
        RealmToken token = realms.verify(issuer.issue(realm()));
        assertThat(token).isEqualTo(realm());
        assertThat(token.allows(AccessRight.WRITE)).isTrue();
        assertThat(token.allows(AccessRight.MANAGE)).isFalse();
    }

    @Test
    void oneKindNeverStandsInForAnother() {
        String access = issuer.issue(user(UserToken.Kind.ACCESS));
        String refresh = issuer.issue(user(UserToken.Kind.REFRESH));
        String realm = issuer.issue(realm());
        refused(Reason.WRONG_KIND, () -> users.verify(access, UserToken.Kind.REFRESH));
        refused(Reason.WRONG_KIND, () -> users.verify(refresh, UserToken.Kind.ACCESS));
        refused(Reason.WRONG_KIND, () -> users.verify(realm, UserToken.Kind.ACCESS));
        refused(Reason.WRONG_KIND, () -> realms.verify(access));
        refused(Reason.BAD_SIGNATURE, () -> users.verify(services.issue("gateway"), UserToken.Kind.ACCESS));
        refused(Reason.BAD_SIGNATURE, () -> services.verify(access));
    }

    @Test
    void userTokenEndsOnTheSecondRealmTokenAfterALeeway() throws Exception {
        String access = issuer.issue(user(UserToken.Kind.ACCESS));
        String realm = issuer.issue(realm());
        clock.move(Duration.ofSeconds(329));
        assertThat(realms.verify(realm).userId()).isEqualTo("6553f0a1c2d3e4f5a6b7c8d9");
        clock.move(Duration.ofSeconds(1));
        refused(Reason.EXPIRED, () -> realms.verify(realm));
        clock.move(Duration.ofSeconds(1469));
        assertThat(users.verify(access, UserToken.Kind.ACCESS).tokenId()).isEqualTo("id-1");
        clock.move(Duration.ofSeconds(1));
        refused(Reason.EXPIRED, () -> users.verify(access, UserToken.Kind.ACCESS));
    }

    @Test
    void tokenWithoutSignatureIsRefused() throws ParseException {
        JWTClaimsSet claims = SignedJWT.parse(issuer.issue(user(UserToken.Kind.ACCESS))).getJWTClaimsSet();
        refused(Reason.MALFORMED, () -> users.verify(new PlainJWT(claims).serialize(), UserToken.Kind.ACCESS));
        String stripped = issuer.issue(user(UserToken.Kind.ACCESS)).replaceFirst("[^.]*$", "");
        refused(Reason.MALFORMED, () -> users.verify(stripped, UserToken.Kind.ACCESS));
    }

    @Test
    void publicKeyIsNeverTakenForASharedSecret() throws ParseException, JOSEException {
        JWTClaimsSet claims = SignedJWT.parse(issuer.issue(user(UserToken.Kind.ACCESS))).getJWTClaimsSet();
        byte[] published =
                JWKSet.parse(KEYS.toPublicJson()).getKeys().getFirst().toECKey().toECPublicKey().getEncoded();
        SignedJWT forged = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(KEYS.keyIds().getFirst()).build(), claims);
        forged.sign(new MACSigner(published));
        refused(Reason.BAD_SIGNATURE, () -> users.verify(forged.serialize(), UserToken.Kind.ACCESS));
    }

    @Test
    void tokenOfAnotherServerIsRefused() {
        String foreign = new TokenIssuer(SigningKeys.generate()).issue(user(UserToken.Kind.ACCESS));
        refused(Reason.BAD_SIGNATURE, () -> users.verify(foreign, UserToken.Kind.ACCESS));
    }

    @Test
    void alteredTokensAreRefused() {
        long seed = 7L;
        Random random = new Random(seed);
        String good = issuer.issue(user(UserToken.Kind.ACCESS));
        String claims = good.split("\\.")[1];
        String other = Base64.getUrlEncoder().withoutPadding().encodeToString(
                payloadOf(good).replace("\"shop\"", "\"bank\"").getBytes(StandardCharsets.UTF_8));
        refused(Reason.BAD_SIGNATURE, () -> users.verify(good.replace(claims, other), UserToken.Kind.ACCESS));
        for (int round = 0; round < 500; round++) {
            StringBuilder bad = new StringBuilder(good);
            bad.setCharAt(random.nextInt(good.length()), (char) (' ' + random.nextInt(95)));
            // The last character of a part carries unused bits: another spelling of the same bytes is the same token.
            if (!sameBytes(good, bad.toString())) {
                assertThatExceptionOfType(InvalidTokenException.class).as("seed %d, round %d", seed, round)
                        .isThrownBy(() -> users.verify(bad.toString(), UserToken.Kind.ACCESS));
            }
        }
    }

    private static boolean sameBytes(String a, String b) {
        String lastOfB = b.substring(b.lastIndexOf('.') + 1);
        if (!a.substring(0, a.lastIndexOf('.')).equals(b.substring(0, Math.max(0, b.lastIndexOf('.'))))) {
            return false;
        }
        try {
            return Arrays.equals(
                    new Base64URL(a.substring(a.lastIndexOf('.') + 1)).decode(),
                    new Base64URL(lastOfB).decode());
        } catch (RuntimeException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "{}", "e30.e30.", "\u0000", "eyJhbGciOiJFUzI1NiJ9..", "é.é.é"})
    void otherTextsAreRefused(String text) {
        refused(Reason.MALFORMED, () -> users.verify(text, UserToken.Kind.ACCESS));
        refused(Reason.MALFORMED, () -> realms.verify(text));
        refused(Reason.MALFORMED, () -> services.verify(text));
    }

    @Test
    void veryLongTextIsRefusedUnread() {
        refused(Reason.MALFORMED, () -> users.verify("a".repeat(10_000_000), UserToken.Kind.ACCESS));
    }

    @Test
    void everyKeyOfTheSetVerifiesTheFirstSigns() throws Exception {
        SigningKeys newer = SigningKeys.generate();
        String both = new JWKSet(List.of(newer.signing(), KEYS.signing())).toString(false);
        SigningKeys rotated = SigningKeys.parse(both);
        UserTokenVerifier verifier = new UserTokenVerifier(TokenKeys.of(rotated), clock);
        assertThat(verifier.verify(issuer.issue(user(UserToken.Kind.ACCESS)), UserToken.Kind.ACCESS)).isNotNull();
        String signed = new TokenIssuer(rotated).issue(user(UserToken.Kind.ACCESS));
        assertThat(SignedJWT.parse(signed).getHeader().getKeyID()).isEqualTo(newer.keyIds().getFirst());
    }

    @Test
    void privatePartStaysPrivate() {
        String secret = KEYS.signing().getD().toString();
        assertThat(KEYS.toPrivateJson()).contains(secret);
        assertThat(KEYS.toPublicJson()).doesNotContain(secret).contains(KEYS.keyIds().getFirst());
        assertThat(KEYS.toString()).doesNotContain(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"1\",\"k\":\"AAAA\"}]}"})
    void keySetsThatCannotSignAreRefused(String jwkSet) {
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKeys.parse(jwkSet));
    }

    @Test
    void publicKeySetCannotSign() {
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKeys.parse(KEYS.toPublicJson()));
    }

    @Test
    void serviceTokensAreShortAndOfOneInstallation() throws Exception {
        String token = services.issue("gateway");
        assertThat(services.verify(token)).isEqualTo("gateway");
        ServiceTokens others = new ServiceTokens("fedcba9876543210fedcba9876543210", clock);
        refused(Reason.BAD_SIGNATURE, () -> others.verify(token));
        clock.move(ServiceTokens.LIFETIME.plusSeconds(30));
        refused(Reason.EXPIRED, () -> services.verify(token));
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceTokens("short", clock));
    }

    @Test
    void serviceTokenOfAnotherKindIsRefused() throws JOSEException {
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), new JWTClaimsSet.Builder().subject("x")
                .expirationTime(Date.from(clock.instant().plusSeconds(60))).build());
        jwt.sign(new MACSigner("0123456789abcdef0123456789abcdef"));
        refused(Reason.WRONG_KIND, () -> services.verify(jwt.serialize()));
    }
}
