// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.openros.domain.FileIdent;
import org.openros.domain.RealmPath;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * The keys of the state, all numbers big-endian so that they sort. A realm stands there by its number (4 bytes, from
 * 1), which it gets with its first write set and keeps.
 */
final class Keys {
    /** To the position (32 bytes) that the state has reached. */
    static final byte[] APPLIED = {1};

    /** To the id of the content (16 bytes). */
    static final byte[] CONTENT = {2};

    /** To the largest realm number. */
    static final byte[] LAST_REALM = {3};

    /** To the epoch table up to the applied position (16 bytes for each line). */
    static final byte[] EPOCHS = {4};

    /** The bytes of a realm's number. */
    static final int REALM = 4;

    private static final byte REALM_BY_PATH = 16;
    private static final byte HEAD = 17;

    private Keys() {}

    static byte[] realm(String path) {
        byte[] text = path.getBytes(US_ASCII);
        return ByteBuffer.allocate(1 + text.length).put(REALM_BY_PATH).put(text).array();
    }


    static RealmPath path(byte[] realmKey) {
        return new RealmPath(new String(realmKey, 1, realmKey.length - 1, US_ASCII));
    }

    static byte[] head(int realm) {
        return ByteBuffer.allocate(1 + REALM).put(HEAD).putInt(realm).array();
    }

    static byte[] entry(int realm, long serverVersion) {
        return ByteBuffer.allocate(REALM + 8).putInt(realm).putLong(serverVersion).array();
    }

    static byte[] clientFile(int realm, FileIdent ident) {
        return ByteBuffer.allocate(REALM + 8).putInt(realm).putLong(ident.value()).array();
    }

    static byte[] reciprocal(int realm, FileIdent client, long serverVersion) {
        return ByteBuffer.allocate(REALM + 16)
                .putInt(realm)
                .putLong(client.value())
                .putLong(serverVersion)
                .array();
    }

    /** The file identifier in the key of a client file or of a reciprocal form. */
    static FileIdent client(byte[] key) {
        return new FileIdent(ByteBuffer.wrap(key).getLong(REALM));
    }

    static long entryVersion(byte[] entryKey) {
        return ByteBuffer.wrap(entryKey).getLong(REALM);
    }

    static long reciprocalVersion(byte[] reciprocalKey) {
        return ByteBuffer.wrap(reciprocalKey).getLong(REALM + 8);
    }

    static byte[] state(int realm, byte[] key) {
        return ByteBuffer.allocate(REALM + key.length).putInt(realm).put(key).array();
    }

    static byte[] writersKey(byte[] stateKey) {
        return Arrays.copyOfRange(stateKey, REALM, stateKey.length);
    }

    static byte[] realm(int realm) {
        return ByteBuffer.allocate(REALM).putInt(realm).array();
    }

    /** The smallest key above all that start with the prefix, which has a byte that is not 0xFF. */
    static byte[] endOf(byte[] prefix) {
        int length = prefix.length;
        while (prefix[length - 1] == (byte) 0xFF) {
            length--;
        }
        byte[] end = Arrays.copyOf(prefix, length);
        end[length - 1]++;
        return end;
    }

    /** The smallest key above the given one. */
    static byte[] behind(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }
}
