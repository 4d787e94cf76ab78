// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.openros.storage.RealmSnapshot;
import org.openros.storage.RealmStore;
import org.openros.storage.Write;

/**
 * Whether a realm is served here. It is kept in the realm itself, so that it is replicated, and every later master of
 * the group finds it; it does not go with the realm to another group.
 *
 * @param move names the move that the realm is part of; empty for {@code OPEN} and {@code GONE}
 * @param progress how far the realm has arrived, in words of whoever moves it; empty unless {@code ARRIVING}
 */
public record RealmStanding(Kind kind, String move, String progress) {
    /** A realm that is served. */
    static final RealmStanding OPEN = new RealmStanding(Kind.OPEN, "", "");

    private static final byte[] KEY = {(byte) 0xFF, 'm'};

    /** What a realm is to its group. */
    public enum Kind {
        /** It is served. */
        OPEN,
        /** It is being copied from another group: what is here is not all of it. */
        ARRIVING,
        /** It is on its way to another group, or there already: nothing changes here any more. */
        LEAVING,
        /** It was deleted for good: nobody may make it again by opening it. */
        GONE
    }

    static RealmStanding of(RealmStore store) {
        return read(store.state(KEY));
    }

    /** How a realm stood. */
    public static RealmStanding of(RealmSnapshot snapshot) {
        return read(snapshot.state(KEY));
    }

    private static RealmStanding read(byte @Nullable [] stored) {
        if (stored == null) {
            return OPEN;
        }
        String[] fields = new String(stored, StandardCharsets.UTF_8).split("\n", 3);
        return new RealmStanding(Kind.valueOf(fields[0]), fields[1], fields[2]);
    }

    static RealmStanding arriving(String move, String progress) {
        return new RealmStanding(Kind.ARRIVING, move, progress);
    }

    static RealmStanding leaving(String move) {
        return new RealmStanding(Kind.LEAVING, move, "");
    }

    static RealmStanding gone() {
        return new RealmStanding(Kind.GONE, "", "");
    }

    boolean is(Kind wanted, String ofMove) {
        return kind == wanted && move.equals(ofMove);
    }

    /** The write that makes it so. */
    Write write() {
        return kind == Kind.OPEN
                ? new Write.DeleteState(KEY)
                : new Write.PutState(KEY, (kind + "\n" + move + "\n" + progress).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a write is about the standing, not about the content. */
    public static boolean isMeantBy(Write write) {
        return switch (write) {
            case Write.PutState(byte[] key, byte[] value) -> Arrays.equals(key, KEY);
            case Write.DeleteState(byte[] key) -> Arrays.equals(key, KEY);
            case Write.PutEntry _, Write.PutClientFile _, Write.PutReciprocal _, Write.TrimReciprocal _ -> false;
            case Write.DeleteStatePrefix _, Write.EraseRealm _ -> false;
        };
    }
}
