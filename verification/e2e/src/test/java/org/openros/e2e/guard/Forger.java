// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e.guard;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Makes tokens that look like a good one. It has the key of the server, to show that a right signature is not enough,
 * and keys of its own.
 */
@SuppressWarnings("JavaUtilDate")
final class Forger {
    private final ECKey real;
    private final ECKey own;
    private final RSAKey ownRsa;

    Forger(Path data) {
        try {
            real = JWKSet.parse(Files.readString(data.resolve("keys/signing-keys.json"))).getKeys().getFirst()
                    .toECKey();
            own = new ECKeyGenerator(Curve.P_256).keyID(real.getKeyID()).generate();
            ownRsa = new RSAKeyGenerator(2048).keyID(real.getKeyID()).generate();
        } catch (IOException | ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Forgeries of a token, by what is wrong with them. */
    Map<String, String> forgeries(String good) {
        Map<String, String> forged = new LinkedHashMap<>();
        try {
            SignedJWT jwt = SignedJWT.parse(good);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            String[] parts = good.split("\\.");
            forged.put("not signed", new PlainJWT(claims).serialize());
            forged.put("not signed, in other letters", encoded("{\"alg\":\"nOnE\"}") + "." + parts[1] + ".");
            forged.put("signature cut off", parts[0] + "." + parts[1] + ".");
            forged.put("signature of zeros", parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64]));
            forged.put("public key as shared secret, raw", hmac(claims, real.toECPublicKey().getEncoded()));
            forged.put("public key as shared secret, JSON",
                    hmac(claims, real.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8)));
            forged.put("other key of the same id", signed(header().build(), claims, own));
            forged.put("key in the header", signed(header().jwk(own.toPublicJWK()).build(), claims, own));
            forged.put("key at an address in the header",
                    signed(header().jwkURL(URI.create("http://127.0.0.1:1/keys")).build(), claims, own));
            forged.put("id of a key that is a path",
                    signed(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("../../../dev/null").build(), claims, own));
            forged.put("RSA key of the same id", rsa(claims));
            forged.put("other user, old signature", parts[0] + "." + altered(claims, b -> b.subject("0".repeat(24)))
                    + "." + parts[2]);
            forged.put("claims said twice", parts[0] + "."
                    + encoded(claims.toString().replaceFirst("\\{", "{\"sub\":\"" + "0".repeat(24) + "\",")) + "."
                    + parts[2]);
            forged.put("expired", resigned(claims, b -> b.expirationTime(Date.from(Instant.now().minusSeconds(60)))));
            forged.put("without end", resigned(claims, b -> b.expirationTime(null)));
            forged.put("other kind", resigned(claims, b -> b.claim("typ", "realm")));
            forged.put("without kind", resigned(claims, b -> b.claim("typ", null)));
            forged.put("other audience", resigned(claims, b -> b.audience("another-app")));
            forged.put("critical header", criticalHeader(claims));
            forged.put("two signatures", good + "." + parts[2]);
            forged.put("very long", parts[0] + "." + parts[1] + "A".repeat(6_000) + "." + parts[2]);
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
        return forged;
    }

    /** The same token, made anew with the key of the server: as good as the first. */
    String copy(String good) {
        try {
            return resigned(SignedJWT.parse(good).getJWTClaimsSet(), UnaryOperator.identity());
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return Base64URL.encode(text).toString();
    }

    private static String altered(JWTClaimsSet claims, UnaryOperator<JWTClaimsSet.Builder> change) {
        return encoded(change.apply(new JWTClaimsSet.Builder(claims)).build().toString());
    }

    private JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(real.getKeyID());
    }

    private String resigned(JWTClaimsSet claims, UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        return signed(header().build(), change.apply(new JWTClaimsSet.Builder(claims)).build(), real);
    }

    private String criticalHeader(JWTClaimsSet claims) throws JOSEException {
        return signed(header().criticalParams(Set.of("exp")).customParam("exp", 1).build(), claims, real);
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, ECKey key) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }

    private String hmac(JWTClaimsSet claims, byte[] secret) throws JOSEException {
        SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(real.getKeyID()).build(), claims);
        jwt.sign(new MACSigner(secret));
        return jwt.serialize();
    }

    private String rsa(JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(real.getKeyID()).build(), claims);
        jwt.sign(new RSASSASigner(ownRsa));
        return jwt.serialize();
    }
}
