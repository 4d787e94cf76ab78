// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a client has of a realm: the keys of its items, and its counters. Confined to one thread. */
final class Content {
    private final SortedSet<String> keys = new TreeSet<>();
    private final SortedMap<String, Long> counters = new TreeMap<>();

    void insert(String key) {
        keys.add(key);
    }

    void increment(String counter, long by) {
        counters.merge(counter, by, Long::sum);
    }

    SortedSet<String> keys() {
        return keys;
    }

    Map<String, Long> counters() {
        return counters;
    }

    /** Equal exactly if the contents are. */
    String hash() {
        MessageDigest digest = sha256();
        keys.forEach(key -> digest.update((key + "\n").getBytes(StandardCharsets.UTF_8)));
        counters.forEach((name, value) -> digest.update((name + "=" + value + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
