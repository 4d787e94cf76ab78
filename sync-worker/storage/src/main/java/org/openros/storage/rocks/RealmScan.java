// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.storage.RealmPage;
import org.openros.storage.Write;

/** Reads all pairs of a realm, whatever they mean. A place is a byte for the family, and the key without the realm. */
record RealmScan(StateDatabase db, Pairs pairs, int realm) {
    /** Counts of pairs and bytes up to which a realm is small. */
    private static final int SMALL_PAIRS = 4096;

    private static final long SMALL_BYTES = 1 << 20;

    /** Where pairs are read: the present state, or that of an instant. */
    interface Pairs {
        /** As {@link StateDatabase#scan}. */
        void scan(Family family, byte[] from, byte[] to, StateDatabase.Visitor visitor);
    }

    RealmScan(StateDatabase db, int realm) {
        this(db, db::scan, realm);
    }

    RealmPage page(byte[] after, long maxBytes) {
        int first = after.length == 0 ? 0 : family(after[0]);
        Page page = new Page(maxBytes);
        for (int i = first; i < Family.OF_REALMS.size(); i++) {
            Family family = Family.OF_REALMS.get(i);
            byte[] from = i == first && after.length > 0
                    ? Keys.behind(Keys.state(realm, Arrays.copyOfRange(after, 1, after.length)))
                    : Keys.realm(realm);
            if (!page.read(family, from)) {
                return new RealmPage(page.writes, page.place(family));
            }
        }
        return new RealmPage(page.writes, null);
    }

    private static int family(byte number) {
        if (number < 0 || number >= Family.OF_REALMS.size()) {
            throw new IllegalArgumentException("not a place in a realm");
        }
        return number;
    }

    private byte[] end() {
        return Keys.endOf(Keys.realm(realm));
    }

    /** What is being read. */
    private final class Page {
        private final List<Write> writes = new ArrayList<>();
        private final long maxBytes;
        private long bytes;
        private byte @Nullable [] last;

        Page(long maxBytes) {
            this.maxBytes = maxBytes;
        }

        /** Whether the page has room for more. */
        boolean read(Family family, byte[] from) {
            boolean[] room = {true};
            pairs.scan(family, from, end(), (key, value) -> {
                writes.add(write(family, key, value));
                last = key;
                bytes += key.length + value.length;
                room[0] = bytes < maxBytes;
                return room[0];
            });
            return room[0];
        }

        byte[] place(Family family) {
            byte[] key = last == null ? new byte[0] : Keys.writersKey(last);
            return ByteBuffer.allocate(1 + key.length)
                    .put((byte) Family.OF_REALMS.indexOf(family))
                    .put(key)
                    .array();
        }
    }

    private static Write write(Family family, byte[] key, byte[] value) {
        return switch (family) {
            case HISTORY -> new Write.PutEntry(Values.entry(Keys.entryVersion(key), value));
            case CLIENT -> new Write.PutClientFile(Values.clientFile(Keys.client(key), value));
            case RECIPROCAL -> new Write.PutReciprocal(Keys.client(key), Keys.reciprocalVersion(key), value);
            case STATE -> new Write.PutState(Keys.writersKey(key), value);
            case META -> throw new IllegalArgumentException("no family of realms");
        };
    }

    /** Exact for a small realm. */
    long bytes() {
        long sum = 0;
        for (Family family : Family.OF_REALMS) {
            sum += bytes(family);
        }
        return sum;
    }

    private long bytes(Family family) {
        long[] counted = new long[2];
        pairs.scan(family, Keys.realm(realm), end(), (key, value) -> {
            counted[0] += key.length + value.length;
            counted[1]++;
            return counted[0] < SMALL_BYTES && counted[1] < SMALL_PAIRS;
        });
        boolean all = counted[0] < SMALL_BYTES && counted[1] < SMALL_PAIRS;
        return all ? counted[0] : Math.max(counted[0], db.approximateBytes(family, Keys.realm(realm), end()));
    }
}
