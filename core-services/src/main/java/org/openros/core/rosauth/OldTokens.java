// SPDX-License-Identifier: Apache-2.0
package org.openros.core.rosauth;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.openros.core.account.HexIds;
import org.openros.domain.AppId;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.InvalidTokenException.Reason;
import org.openros.domain.token.UserToken;
import org.springframework.security.converter.RsaKeyConverters;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refresh tokens that a Realm Object Server has signed: {@code BASE64(payload):BASE64(signature)}, RSA with SHA-256 over
 * the bytes of the payload (admin API, sections 4.1 and 4.2). Other kinds of its tokens live for minutes, and are not
 * accepted. Thread-safe.
 */
final class OldTokens {
    /** How far clocks may differ. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final int MAX_LENGTH = 16 << 10;
    private static final int MIN_KEY_BITS = 2048;
    private static final char SEPARATOR = ':';
    private static final String ACCESS = "access";
    private static final Pattern USER_ID = Pattern.compile("(?!__)[A-Za-z0-9._~-]{1,128}");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final List<RSAPublicKey> keys;
    private final Clock clock;

    private OldTokens(List<RSAPublicKey> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Accepts what was signed with the keys of these files, PEM with a public key; with none nothing is accepted.
     *
     * @throws IllegalArgumentException if a file has no such key, or one of fewer than 2,048 bits
     */
    static OldTokens signedBy(List<Path> files, Clock clock) {
        List<RSAPublicKey> keys = new ArrayList<>();
        for (Path file : files) {
            keys.add(key(file));
        }
        return new OldTokens(List.copyOf(keys), clock);
    }

    private static RSAPublicKey key(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            RSAPublicKey key = RsaKeyConverters.x509().convert(in);
            if (key != null && key.getModulus().bitLength() >= MIN_KEY_BITS) {
                return key;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("ros.auth.compat.old-keys: " + file + " cannot be read", e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("ros.auth.compat.old-keys: " + file + " has no public key", e);
        }
        throw new IllegalArgumentException("ros.auth.compat.old-keys: the key in " + file + " is too short");
    }

    /** Whether a text has the form of these tokens, and any are accepted. */
    boolean areLike(String text) {
        return !keys.isEmpty() && text.indexOf(SEPARATOR) >= 0;
    }

    /**
     * A refresh token as one of an app; its log-in has the same id each time. Nothing is said about the user.
     *
     * @throws InvalidTokenException if it is certainly bad
     */
    UserToken refreshToken(String text, AppId app) throws InvalidTokenException {
        byte[] payload = verified(text);
        JsonNode claims = parse(payload);
        if (claims.path(ACCESS).valueStream().noneMatch(right -> right.asString("").equals("refresh"))) {
            throw new InvalidTokenException(Reason.WRONG_KIND, "not a refresh token");
        }
        JsonNode identity = claims.path("identity");
        JsonNode expires = claims.path("expires");
        if (!identity.isString()
                || !USER_ID.matcher(identity.stringValue()).matches()
                || !expires.isIntegralNumber()
                || !expires.canConvertToLong()) {
            throw malformed();
        }
        Instant end = end(expires.longValue());
        String login = HexIds.ofName("old token " + new String(payload, StandardCharsets.ISO_8859_1));
        Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond());
        return new UserToken(UserToken.Kind.REFRESH, identity.stringValue(), app, login, login, login, now, end);
    }

    private Instant end(long seconds) throws InvalidTokenException {
        if (seconds < clock.instant().minus(SKEW).getEpochSecond()) {
            throw new InvalidTokenException(Reason.EXPIRED, "the token has expired");
        }
        return Instant.ofEpochSecond(Math.min(seconds, Instant.MAX.getEpochSecond()));
    }

    private byte[] verified(String text) throws InvalidTokenException {
        int middle = text.indexOf(SEPARATOR);
        if (text.length() > MAX_LENGTH || middle < 0 || text.indexOf(SEPARATOR, middle + 1) >= 0) {
            throw malformed();
        }
        byte[] payload = decode(text.substring(0, middle));
        byte[] signature = decode(text.substring(middle + 1));
        for (RSAPublicKey key : keys) {
            if (fits(key, payload, signature)) {
                return payload;
            }
        }
        throw new InvalidTokenException(Reason.BAD_SIGNATURE, "signed by nobody who is known");
    }

    /** Nothing but the one way to write these bytes: with padding, and no bit beyond them. */
    private static byte[] decode(String text) throws InvalidTokenException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            byte[] again = Base64.getEncoder().encode(bytes);
            if (Arrays.equals(again, text.getBytes(StandardCharsets.UTF_8))) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        throw malformed();
    }

    private static boolean fits(RSAPublicKey key, byte[] payload, byte[] signature) {
        try {
            Signature check = Signature.getInstance("SHA256withRSA");
            check.initVerify(key);
            check.update(payload);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static JsonNode parse(byte[] payload) throws InvalidTokenException {
        try {
            return JSON.readTree(payload);
        } catch (JacksonException e) {
            throw malformed();
        }
    }

    private static InvalidTokenException malformed() {
        return new InvalidTokenException(Reason.MALFORMED, "not a token");
    }
}
