// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.storage.RealmHead;
import org.openros.storage.Write;
import org.openros.worker.realm.RealmStanding.Kind;

/**
 * Something that happens to a realm as a whole, ordered by the directory. Each may be ordered again when the answer was
 * lost: then it changes nothing. Names of moves sort by their age, and what belongs to an earlier one gives way to a
 * later one, never the other way round. A move to another group is, at the old one: {@link Close}, and {@link Reopen}
 * or {@link Clear}; at the new one: {@link Admit}, {@link Take} as often as it needs, and {@link Settle} or
 * {@link Abandon}.
 */
public sealed interface RealmChange {
    /** Nothing changes here any more, because the realm goes to another group. Sessions stay, and wait. */
    record Close(String move) implements RealmChange {}

    /** The realm stays after all. */
    record Reopen(String move) implements RealmChange {}

    /** Removes what is left of a realm that has gone to another group. */
    record Clear(String move) implements RealmChange {}

    /**
     * Begins to take a realm from another group; one that goes on is left as it is.
     *
     * @param progress to begin with
     */
    record Admit(String move, String progress) implements RealmChange {}

    /**
     * Takes a part of the realm.
     *
     * @param expected the progress so far
     * @param writes history entries that are here already are left out
     * @param next the progress with them
     */
    record Take(String move, String expected, List<Write> writes, String next) implements RealmChange {}

    /** All of the realm is here: it is served from now on. */
    record Settle(String move) implements RealmChange {}

    /** Removes what has arrived, because the realm stays where it was. */
    record Abandon(String move) implements RealmChange {}

    /**
     * Removes the realm, whatever it is.
     *
     * @param mark whether something stays, by which those are refused who may still open it
     */
    record Purge(boolean mark) implements RealmChange {}

    /** How a change has ended. */
    sealed interface Outcome {
        /** It is durable, or was so before. */
        record Done(RealmStanding standing, RealmHead head) implements Outcome {}

        /** The realm is not as it has to be; nothing was changed. */
        record Conflict(RealmStanding standing, RealmHead head) implements Outcome {}

        /** It is not known whether it happened; try again. */
        record Unavailable(String reason) implements Outcome {}
    }

    /** Whether the content changes, so that sessions cannot go on. */
    default boolean replacesContent() {
        return switch (this) {
            case Close _, Reopen _, Settle _ -> false;
            case Clear _, Admit _, Take _, Abandon _, Purge _ -> true;
        };
    }

    /**
     * What has to be written.
     *
     * @return nothing if all is as it should be; null if the realm is not as it has to be
     */
    default @Nullable List<Write> decide(RealmStanding now, RealmHead head) {
        boolean nothing = now.kind() == Kind.OPEN && head.equals(RealmHead.EMPTY);
        return switch (this) {
            case Close(String move) -> close(move, now);
            case Reopen(String move) -> open(now, Kind.LEAVING, move);
            case Clear(String move) -> erase(nothing, now.is(Kind.LEAVING, move));
            case Admit admit -> admit(admit, now, nothing);
            case Take take -> take(take, now, head);
            case Settle(String move) -> open(now, Kind.ARRIVING, move);
            case Abandon(String move) -> erase(nothing, now.is(Kind.ARRIVING, move));
            case Purge(boolean mark) -> mark
                    ? List.of(new Write.EraseRealm(), RealmStanding.gone().write())
                    : List.of(new Write.EraseRealm());
        };
    }

    /** Who has closed it before may not know yet that somebody else goes on with the move. */
    private static @Nullable List<Write> close(String move, RealmStanding now) {
        if (now.is(Kind.LEAVING, move)) {
            return List.of();
        }
        boolean later = now.kind() == Kind.LEAVING && move.compareTo(now.move()) > 0;
        return later || now.kind() == Kind.OPEN ? List.of(RealmStanding.leaving(move).write()) : null;
    }

    private static @Nullable List<Write> open(RealmStanding now, Kind before, String move) {
        if (now.kind() == Kind.OPEN) {
            return List.of();
        }
        return now.is(before, move) ? List.of(RealmStanding.OPEN.write()) : null;
    }

    private static @Nullable List<Write> erase(boolean nothing, boolean allowed) {
        return allowed ? List.of(new Write.EraseRealm()) : nothing ? List.of() : null;
    }

    /** What an earlier move has left may be overwritten, a realm that is served may not. */
    private static @Nullable List<Write> admit(Admit admit, RealmStanding now, boolean nothing) {
        boolean leftOver = (now.kind() == Kind.LEAVING || now.kind() == Kind.ARRIVING)
                && admit.move().compareTo(now.move()) > 0;
        if (now.is(Kind.ARRIVING, admit.move())) {
            return List.of();
        }
        return nothing || leftOver
                ? List.of(
                        new Write.EraseRealm(),
                        RealmStanding.arriving(admit.move(), admit.progress()).write())
                : null;
    }

    private static @Nullable List<Write> take(Take take, RealmStanding now, RealmHead head) {
        if (!now.is(Kind.ARRIVING, take.move()) || !now.progress().equals(take.expected())) {
            return null;
        }
        List<Write> writes = new ArrayList<>();
        for (Write write : take.writes()) {
            boolean known = write instanceof Write.PutEntry(var entry) && entry.serverVersion() <= head.serverVersion();
            if (!known && !RealmStanding.isMeantBy(write)) {
                writes.add(write);
            }
        }
        writes.add(RealmStanding.arriving(take.move(), take.next()).write());
        return writes;
    }
}
