// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The private keys of core services: P-256 keys, each with a key id. The first signs, all verify, so a new key is put
 * in front and an old one removed when its last token has expired. Never prints its contents.
 */
public final class SigningKeys {
    private final List<ECKey> keys;

    private SigningKeys(List<ECKey> keys) {
        this.keys = List.copyOf(keys);
    }

    /** A set of one new key. */
    public static SigningKeys generate() {
        return new SigningKeys(List.of(newKey()));
    }

    /**
     * These keys behind a new one.
     *
     * @param max how many there are at most; the last ones are dropped
     */
    public SigningKeys withNewKey(int max) {
        List<ECKey> more = new ArrayList<>(List.of(newKey()));
        more.addAll(keys);
        return new SigningKeys(more.subList(0, Math.min(max, more.size())));
    }

    /**
     * The same keys but one.
     *
     * @throws IllegalArgumentException if none would be left
     */
    public SigningKeys without(String keyId) {
        List<ECKey> fewer = keys.stream().filter(key -> !key.getKeyID().equals(keyId)).toList();
        if (fewer.isEmpty()) {
            throw new IllegalArgumentException("a set of signing keys has one key or more");
        }
        return new SigningKeys(fewer);
    }

    /** The same keys, with this one in front if it is among them. */
    public SigningKeys signingWith(String keyId) {
        List<ECKey> ordered = new ArrayList<>(keys);
        ordered.sort(Comparator.comparing(key -> !key.getKeyID().equals(keyId)));
        return new SigningKeys(ordered);
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this JVM cannot make P-256 keys", e);
        }
    }

    /**
     * Reads a JWK set (RFC 7517).
     *
     * @throws IllegalArgumentException if it has no key, or one that is not a private P-256 key with a key id
     */
    public static SigningKeys parse(String jwkSet) {
        List<ECKey> keys = read(jwkSet).stream().map(SigningKeys::checked).toList();
        if (keys.isEmpty() || keys.stream().map(JWK::getKeyID).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("a set of signing keys has one key or more, with different \"kid\"");
        }
        return new SigningKeys(keys);
    }

    private static List<JWK> read(String jwkSet) {
        try {
            return JWKSet.parse(jwkSet).getKeys();
        } catch (ParseException e) {
            // The cause is left out: its text may quote a private key.
            throw new IllegalArgumentException("not a JWK set");
        }
    }

    private static ECKey checked(JWK key) {
        if (key instanceof ECKey ec && ec.isPrivate() && Curve.P_256.equals(ec.getCurve()) && ec.getKeyID() != null) {
            return ec;
        }
        throw new IllegalArgumentException("a signing key is a private P-256 key with a \"kid\"");
    }

    /** The JWK set with the private parts: for the key file only. */
    public String toPrivateJson() {
        return new JWKSet(new ArrayList<>(keys)).toString(false);
    }

    /** The JWK set that verifiers fetch. */
    public String toPublicJson() {
        return publicSet().toString(true);
    }

    /** The ids of the keys, the signing one first. */
    public List<String> keyIds() {
        return keys.stream().map(JWK::getKeyID).toList();
    }

    ECKey signing() {
        return keys.getFirst();
    }

    JWKSource<SecurityContext> source() {
        return new ImmutableJWKSet<>(publicSet());
    }

    private JWKSet publicSet() {
        return new JWKSet(keys.stream().map(JWK::toPublicJWK).collect(Collectors.toList()));
    }

    @Override
    public String toString() {
        return "SigningKeys" + keyIds();
    }
}
