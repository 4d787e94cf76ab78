// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.history.Operation;
import org.openros.replication.Event;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;

/**
 * A reign on a disk: writes, flushes, feeds the streams of followers, applies what is committed, and serves sessions.
 */
final class Leadership {
    private static final int ENTRIES_PER_FRAME = 4;

    private final World world;
    private final NodeProcess process;
    private final DiskModel disk;
    final Epoch epoch;
    private final long noOp;
    private final RealmState head;
    private final Map<ConnectionId, Long> streams = new LinkedHashMap<>();
    final List<Session> sessions = new ArrayList<>();
    long committed;
    private boolean open;
    private boolean flushing;
    private boolean established;
    private boolean ended;
    boolean serving;

    Leadership(World world, NodeProcess process, DiskModel disk, Epoch epoch) {
        this.world = world;
        this.process = process;
        this.disk = disk;
        this.epoch = epoch;
        head = RealmState.of(disk.log);
        noOp = disk.last().seq() + 1;
        committed = disk.applied;
        disk.write(epoch, Change.noOp());
    }

    /** The machine has heard what was inherited: flushes may be reported. */
    void open() {
        open = true;
        written();
    }

    void end() {
        ended = true;
        serving = false;
        streams.clear();
    }

    private void written() {
        streams.keySet().forEach(this::feed);
        flush();
    }

    private void flush() {
        long through = disk.last().seq();
        if (!open || flushing || ended || disk.synced >= through) {
            return;
        }
        flushing = true;
        process.later(process.diskDelay(), () -> {
            flushing = false;
            if (ended) {
                return;
            }
            disk.sync(through);
            Position position = disk.position(through);
            if (position != null) {
                process.hear(now -> new Event.Durable(now, position));
                if (world.has(Mutation.REQUIRED_SET_IS_IGNORED)) {
                    commit(through);
                }
                flush();
            }
        });
    }

    // --- followers ------------------------------------------------------------------------------------------------

    void stream(ConnectionId connection, long after) {
        if (after < disk.released) {
            // The driver cannot read it: the stream fails, and the follower comes again.
            world.invariants.released(process, epoch, connection, after, disk.released);
            process.breakLink(connection);
            return;
        }
        streams.put(connection, after);
        feed(connection);
    }

    void stopStream(ConnectionId connection) {
        streams.remove(connection);
    }

    private void feed(ConnectionId connection) {
        long after = streams.getOrDefault(connection, Long.MAX_VALUE);
        while (open && after < disk.log.size()) {
            int end = (int) Math.min(disk.log.size(), after + ENTRIES_PER_FRAME);
            process.send(connection,
                    new Frame.Entries(epoch, List.copyOf(disk.log.subList((int) after, end)), committed));
            after = end;
            streams.put(connection, after);
        }
    }

    // --- commit ---------------------------------------------------------------------------------------------------

    void commit(long seq) {
        if (!ended && seq > committed) {
            world.invariants.committed(process, epoch, seq);
            committed = seq;
            process.later(world.random.nextLong(Agenda.MILLISECOND), this::apply);
        }
    }

    private void apply() {
        if (ended) {
            return;
        }
        disk.apply(committed, world.random);
        if (world.has(Mutation.MASTER_DOES_NOT_WAIT_FOR_ITS_OWN_DISK)) {
            disk.applied = Math.max(disk.applied, committed);
        }
        if (disk.applied >= noOp && !established) {
            established = true;
            process.hear(now -> new Event.Established(now, epoch));
        }
        pump();
    }

    // --- sessions -------------------------------------------------------------------------------------------------

    /** A client comes with what it has; one that has more or other than this node's history is asked about first. */
    void greet(Session session, long version, long salt) {
        if (!serving) {
            session.close("try again: not the master", process.knownMaster());
            return;
        }
        Long own = version == 0 ? Long.valueOf(salt) : head.salt(session.realm(), version);
        if (own != null && own == salt) {
            sessions.add(session);
            session.begin(version, head.integrated(session.realm(), session.client()));
            pump(session);
        } else {
            process.confirmLeadership(confirmed -> {
                if (confirmed) {
                    session.reset("bad server version " + version + ", the last one is " + head.last(session.realm()));
                } else {
                    session.close("try again: leadership is not confirmed", process.knownMaster());
                }
            });
        }
    }

    void upload(Session session, long number, Operation operation) {
        if (!serving || !sessions.contains(session)) {
            return;
        }
        boolean known = head.integrated(session.realm(), session.client()) >= number;
        if (known && !world.has(Mutation.DUPLICATES_ARE_INTEGRATED)) {
            return;
        }
        if (disk.full) {
            close(session, "try again: the disk is full");
            process.diskFull();
            return;
        }
        Change change = new Change(session.realm(), head.last(session.realm()) + 1, world.random.nextLong(),
                session.client(),
                number, operation);
        LogEntry entry = disk.write(epoch, change.payload());
        head.add(entry);
        written();
        if (world.has(Mutation.UNCOMMITTED_IS_SHOWN)) {
            pump();
        }
    }

    private void close(Session session, String why) {
        sessions.remove(session);
        session.close(why, process.knownMaster());
    }

    long lastVersion(String realm) {
        return head.last(realm);
    }

    private void pump() {
        List.copyOf(sessions).forEach(this::pump);
    }

    /**
     * Sends what is committed and applied, in order of versions: of other clients as download, its own as
     * acknowledgement.
     */
    private void pump(Session session) {
        long shown = world.has(Mutation.UNCOMMITTED_IS_SHOWN) ? Long.MAX_VALUE : disk.applied;
        if (!serving) {
            return;
        }
        for (RealmState.Version version : head.behind(session.realm(), session.cursor())) {
            if (version.seq() > shown) {
                return;
            }
            Change change = version.change();
            session.deliver(world.has(Mutation.SALT_IS_MADE_UP) ? change.withSalt(world.random.nextLong())
                    : change, epoch);
        }
    }

    void closeAll(String why, @Nullable String hint) {
        List<Session> all = List.copyOf(sessions);
        sessions.clear();
        all.forEach(session -> session.close(why, hint));
    }
}
