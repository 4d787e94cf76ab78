// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.openros.core.directory.RealmHosts.HostRefusalException;
import org.openros.core.directory.RealmHosts.Order;
import org.openros.core.directory.RealmHosts.Part;
import org.openros.core.directory.RealmHosts.Taking;
import org.openros.core.directory.RealmMove.State;
import org.openros.core.metadata.FieldValue.Moment;
import org.openros.core.metadata.FieldValue.Text;
import org.openros.core.metadata.FieldValue.Whole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out moves. The content is copied while the realm is used, page by page, and with it what the log of the old
 * group has of the realm since the copy began. When little is left, the realm is closed at its old place, the rest
 * follows, and one transaction of the directory says that it is at the new place. Until that transaction the realm is
 * at the old place, whatever happens; from then on at the new one.
 *
 * <p>What is closed is opened again only after a transaction that makes a switch under way impossible, because its
 * outcome may not be known yet. So two processes that both believe to carry out a move do no harm: the names under
 * which workers know a closing and a copy rise with each of these transactions, and workers prefer the later one.
 */
final class RealmMover {
    private static final Logger LOG = LoggerFactory.getLogger(RealmMover.class);

    /** When so little is left that the rest can follow while nobody can write. */
    private static final int LITTLE = 64 << 10;

    private static final int MAX_ROUNDS = 50;

    /**
     * Nobody may have to wait for longer; half a second is left for the transaction and for the way back of clients.
     */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(1200);

    private static final int MAX_CLOSINGS = 10;
    private static final int MAX_ADMISSIONS = 5;

    private final MoveRecords records;
    private final Directory directory;
    private final RealmHosts hosts;
    private final Clock clock;

    RealmMover(MoveRecords records, Directory directory, RealmHosts hosts, Clock clock) {
        this.records = records;
        this.directory = directory;
        this.hosts = hosts;
        this.clock = clock;
    }

    /** The move has to be given up. */
    private static final class GiveUpException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        GiveUpException(String message) {
            super(message, null, false, false);
        }
    }

    /** The move is not as it was: somebody else goes on with it, or wants it to end. */
    private static final class ChangedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ChangedException() {
            super("the move has changed", null, false, false);
        }
    }

    /** Goes on until the move has ended. What it throws is to be tried again later. */
    void run(String id) {
        for (RealmMove move = records.find(id); move != null && move.state().isUnderWay(); move = records.find(id)) {
            try {
                step(move);
            } catch (ChangedException e) {
                LOG.debug("move {}: {}", id, e.getMessage());
            } catch (GiveUpException e) {
                LOG.warn("the move {} of {} to group {} is given up: {}", id, move.path(), move.target(),
                        e.getMessage());
                records.giveUp(move, e.getMessage());
            }
        }
    }

    private void step(RealmMove move) {
        switch (move.state()) {
            case RUNNING -> {
                if (move.isCancelled()) {
                    records.giveUp(move, null);
                } else {
                    transfer(move);
                }
            }
            case SWITCHED -> settle(move);
            case RETURNING -> giveBack(move);
            case DONE, CLEARED, FAILED, CANCELLED -> throw new IllegalStateException("the move has ended");
        }
    }

    // --- copying ------------------------------------------------------------------------------------------------

    private void transfer(RealmMove move) {
        Copy copy = new Copy(move, hosts, records);
        if (!copy.begin()) {
            reopen(move);
        }
        while (copy.isCopying()) {
            copy.page();
            requireUnchanged(move);
        }
        int rounds = 0;
        while (!copy.catchUp(0, LITTLE) && rounds < MAX_ROUNDS) {
            rounds++;
            requireUnchanged(move);
        }
        if (copy.isOutOfReach()) {
            again(move);
        }
        copy.report();
        requireUnchanged(move);
        hand(move, copy);
    }

    private void requireUnchanged(RealmMove move) {
        RealmMove now = records.find(move.id());
        boolean same = now != null
                && now.state() == move.state()
                && now.admission() == move.admission()
                && now.closing() == move.closing();
        if (now == null || !same || now.isCancelled()) {
            throw new ChangedException();
        }
        RealmRow row = directory.find(move.path());
        if (row == null || row.isDeleted() || row.incarnation() != move.incarnation()) {
            throw new GiveUpException("the realm was deleted");
        }
    }

    /** The log does not tell any more what has happened since the copy began. */
    private void again(RealmMove move) {
        if (move.admission() >= MAX_ADMISSIONS) {
            throw new GiveUpException("the realm changes faster than it can be copied");
        }
        if (!records.change(move, MoveRecords.ADMISSION, new Whole(move.admission() + 1))) {
            throw new ChangedException();
        }
        order(move, true, Order.of("abandon", move.admissionName()));
        throw new ChangedException();
    }

    // --- the short pause ----------------------------------------------------------------------------------------

    private void hand(RealmMove move, Copy copy) {
        long start = System.nanoTime();
        long end;
        try {
            end = hosts.change(move.source(), move.store(), Order.of("close", move.closingName())).committed();
        } catch (HostRefusalException e) {
            throw new GiveUpException("the realm cannot be closed at its old place: " + e.getMessage());
        }
        while (!copy.isThrough(end)) {
            copy.catchUp(end, 0);
            if (copy.isOutOfReach() || tooLong(start)) {
                reopen(move);
            }
        }
        requireSame(move);
        if (tooLong(start)) {
            reopen(move);
        }
        if (directory.moved(move)) {
            LOG.info("the realm {} is in group {} now; it was closed for {} ms", move.path(), move.target(),
                    (System.nanoTime() - start) / 1_000_000);
        } else {
            refused(move);
        }
    }

    private static boolean tooLong(long start) {
        return System.nanoTime() - start > LONGEST_PAUSE.toNanos();
    }

    private void requireSame(RealmMove move) {
        HostedRealm.End here = hosts.status(move.source(), move.store()).end();
        HostedRealm.End there = hosts.status(move.target(), move.store()).end();
        if (!here.equals(there)) {
            throw new GiveUpException("the copy is not like the original: " + there + " instead of " + here);
        }
    }

    /** A reply may have been lost: the transaction may have been made. */
    private void refused(RealmMove move) {
        RealmMove now = records.find(move.id());
        if (now != null && now.state() == State.RUNNING && !now.isCancelled() && now.closing() == move.closing()) {
            throw new GiveUpException("the realm was changed");
        }
    }

    private void reopen(RealmMove move) {
        if (move.closing() >= MAX_CLOSINGS) {
            throw new GiveUpException("the realm would be closed for too long");
        }
        if (!records.change(move, MoveRecords.CLOSING, new Whole(move.closing() + 1))) {
            throw new ChangedException();
        }
        order(move, false, Order.of("reopen", move.closingName()));
        throw new ChangedException();
    }

    // --- ending -------------------------------------------------------------------------------------------------

    private void settle(RealmMove move) {
        order(move, true, Order.of("settle", move.admissionName()));
        hosts.dismiss(move.source(), move.store());
        records.end(move, State.DONE, now());
    }

    private void giveBack(RealmMove move) {
        order(move, false, Order.of("reopen", move.closingName()));
        order(move, true, Order.of("abandon", move.admissionName()));
        records.end(move, move.error() == null ? State.CANCELLED : State.FAILED, now());
    }

    /** Removes what is left at the old place. */
    void clear(RealmMove move) {
        order(move, false, Order.of("clear", move.closingName()));
        records.change(move, MoveRecords.STATE, new Text(State.CLEARED.name()));
    }

    /** A realm that is not as it has to be needs nothing: it was purged, or another move has come over it. */
    private void order(RealmMove move, boolean atTarget, Order order) {
        try {
            hosts.change(atTarget ? move.target() : move.source(), move.store(), order);
        } catch (HostRefusalException e) {
            LOG.info("move {}: nothing to {}: {}", move.id(), order.name(), e.getMessage());
        }
    }

    private Moment now() {
        return new Moment(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    /** The copy of a realm at its new place, and how far it is: that is kept there with what has arrived. */
    private static final class Copy {
        private static final String COPYING = "copy";
        private static final String FOLLOWING = "tail";
        private static final long REPORT_BYTES = 8L << 20;

        private final RealmMove move;
        private final RealmHosts hosts;
        private final MoveRecords records;
        private String progress = "";
        private String place = "";
        private long seq;
        private long copied;
        private long reported;
        private boolean copying;
        private boolean outOfReach;

        Copy(RealmMove move, RealmHosts hosts, MoveRecords records) {
            this.move = move;
            this.hosts = hosts;
            this.records = records;
            this.copied = move.copied();
            this.reported = move.copied();
        }

        /** Begins or goes on; false if it would have to begin while the realm is closed. */
        boolean begin() {
            HostedRealm there = hosts.status(move.target(), move.store());
            if (!there.is("ARRIVING", move.admissionName())) {
                HostedRealm here = hosts.status(move.source(), move.store());
                if (here.is("LEAVING", move.closingName())) {
                    return false;
                }
                there = admit(progress(COPYING, here.committed(), ""));
            }
            read(there.progress());
            return true;
        }

        private HostedRealm admit(String first) {
            try {
                return hosts.change(move.target(), move.store(),
                        new Order("admit", move.admissionName(), first, false));
            } catch (HostRefusalException e) {
                throw new GiveUpException("group " + move.target() + " cannot take the realm: " + e.getMessage());
            }
        }

        private static String progress(String kind, long seq, String place) {
            return kind + ":" + seq + ":" + place;
        }

        private void read(String stored) {
            String[] parts = stored.split(":", 3);
            progress = stored;
            copying = parts[0].equals(COPYING);
            seq = Long.parseLong(parts[1]);
            place = parts[2];
        }

        boolean isCopying() {
            return copying;
        }

        boolean isOutOfReach() {
            return outOfReach;
        }

        boolean isThrough(long end) {
            return seq >= end;
        }

        /** Copies a page. */
        void page() {
            Part part = hosts.page(move.source(), move.store(), place, seq);
            take(part, part.next().isEmpty() ? progress(FOLLOWING, seq, "") : progress(COPYING, seq, part.next()));
        }

        /**
         * Copies what has happened since.
         *
         * @param since the group must know that entry
         * @return whether that was little, and all there was; or it cannot be told any more
         */
        boolean catchUp(long since, long little) {
            Part part = hosts.tail(move.source(), move.store(), seq, since);
            if (part == null) {
                outOfReach = true;
                return true;
            }
            long through = Long.parseLong(part.next());
            boolean all = through >= part.committed();
            if (part.writes() == 0) {
                seq = through;
                return all;
            }
            return take(part, progress(FOLLOWING, through, "")) && all && part.content().length <= little;
        }

        /** Whether it was taken; otherwise the copy is somewhere else now. */
        private boolean take(Part part, String next) {
            try {
                hosts.take(move.target(), move.store(),
                        new Taking(move.admissionName(), progress, next, move.store()), part);
            } catch (HostRefusalException e) {
                HostedRealm there = hosts.status(move.target(), move.store());
                if (!there.is("ARRIVING", move.admissionName())) {
                    throw new ChangedException();
                }
                if (there.progress().equals(progress)) {
                    throw new GiveUpException("group " + move.target() + " does not take the realm: " + e.getMessage());
                }
                // The reply was lost, or somebody else is farther.
                read(there.progress());
                return false;
            }
            read(next);
            copied += part.content().length;
            if (copied - reported >= REPORT_BYTES) {
                report();
            }
            return true;
        }

        /** Tells how much has arrived. */
        void report() {
            if (copied > reported) {
                reported = copied;
                records.change(move, MoveRecords.COPIED, new Whole(copied));
            }
        }
    }
}
