// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.grpc.Metadata;
import io.grpc.Status;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.net.URI;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.link.SessionLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Objects.requireNonNull;

/**
 * Keeps one session at the master of its group. It offers the session to the master; one that refuses names another, or
 * is asked again after a pause; while there is none, the session is held. The session hears how that ended: a worker
 * has taken it, or none did in time. After that it hears when there is a master with a higher epoch. Belongs to the
 * event loop of the connection.
 */
final class Placement implements Masters.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(Placement.class);

    /** Before the same master is asked again: at first, and at most. */
    private static final long FIRST_PAUSE_MILLIS = 20;

    private static final long LONGEST_PAUSE_MILLIS = 500;

    private final Session session;
    private final SyncConnection connection;
    private final SessionPeers peers;
    private final GroupId group;
    /** Wanted until a worker has taken the session, and long enough not to be kept for longer. */
    private @Nullable String realmToken;
    private Masters.@Nullable Watch watch;
    private @Nullable MasterAddress offered;
    private @Nullable SessionStream stream;
    private @Nullable Future<?> deadline;
    private @Nullable Future<?> pause;
    private long pauseMillis = FIRST_PAUSE_MILLIS;
    private boolean held;
    private boolean taken;
    private boolean over;

    Placement(Session session, SyncConnection connection, SessionPeers peers, RealmRoute.Open route) {
        this.session = session;
        this.connection = connection;
        this.peers = peers;
        this.group = route.group();
        this.realmToken = route.realmToken();
    }

    /** Begins to look for the master. */
    void begin() {
        watch = peers.masters().watch(group, this);
        deadline = connection.loop()
                .schedule(this::giveUp, peers.masterTimeout().toMillis(), TimeUnit.MILLISECONDS);
        seek();
    }

    private void seek() {
        MasterAddress master = peers.masters().present(group);
        if (master == null) {
            hold();
        } else {
            offer(master);
        }
    }

    private boolean hold() {
        if (!held && !peers.held().enter()) {
            session.notPlaced("too many sessions wait for a master");
            return false;
        }
        held = true;
        return true;
    }

    private void offer(MasterAddress master) {
        offered = master;
        try {
            EventLoop loop = connection.loop();
            stream = new SessionStream(peers.channels().channel(master.link(), loop), loop, session);
            stream.open(requireNonNull(realmToken), connection.protocolVersion(), connection.id(), master.epoch());
        } catch (IllegalArgumentException e) {
            LOG.error("group {}: the master of epoch {} cannot be reached: {}", group, master.epoch(), e.getMessage());
            session.notPlaced("the master cannot be reached");
        }
    }

    /** Whether the stream is the one under way. */
    boolean isOffered(SessionStream source) {
        return source == stream && !taken;
    }

    /** The worker has taken the session. */
    void taken() {
        taken = true;
        realmToken = null;
        stopWaiting();
        MasterAddress master = peers.masters().present(group);
        if (master != null) {
            moved(master);
        }
    }

    /** The worker has not taken the session. */
    void refused(Status status, Metadata trailers) {
        stream = null;
        learn(trailers);
        if (status.getCode() != Status.Code.UNAVAILABLE) {
            session.notPlaced("the worker has refused: " + status.getCode());
        } else if (hold()) {
            askAgain();
        }
    }

    /** Another master than the one that has refused is asked at once. */
    private void askAgain() {
        MasterAddress master = peers.masters().present(group);
        if (master != null && !master.equals(offered)) {
            offer(master);
        } else if (master != null) {
            pause = connection.loop().schedule(this::pauseOver, pauseMillis, TimeUnit.MILLISECONDS);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
        }
    }

    private void pauseOver() {
        pause = null;
        if (!over && stream == null) {
            seek();
        }
    }

    /** A worker that is not the master may know who is. */
    void learn(Metadata trailers) {
        String epoch = trailers.get(SessionLink.MASTER_EPOCH);
        String link = trailers.get(SessionLink.MASTER_LINK);
        if (epoch == null || link == null) {
            return;
        }
        try {
            peers.masters().named(group, new MasterAddress(new Epoch(Long.parseLong(epoch)), URI.create(link)));
        } catch (IllegalArgumentException e) {
            LOG.error("group {}: a worker names a master at {} of epoch {}, which is none", group, link, epoch);
        }
    }

    @Override
    public void masterIs(MasterAddress master) {
        try {
            connection.loop().execute(() -> moved(master));
        } catch (RejectedExecutionException e) {
            LOG.trace("the gateway is stopping", e);
        }
    }

    private void moved(MasterAddress master) {
        boolean newer = offered == null || master.epoch().compareTo(offered.epoch()) > 0;
        if (over) {
            return;
        }
        if (taken) {
            if (newer) {
                session.overtaken(master.epoch());
            }
        } else if (newer || stream == null) {
            offerInstead(master);
        }
    }

    private void offerInstead(MasterAddress master) {
        if (stream != null) {
            stream.cancel("there is a newer master");
        }
        if (pause != null) {
            pause.cancel(false);
            pause = null;
        }
        offer(master);
    }

    private void giveUp() {
        if (!over && !taken) {
            session.notPlaced(offered == null || stream == null
                    ? "group " + group + " has no master"
                    : "the master of group " + group + " does not answer");
        }
    }

    private void stopWaiting() {
        if (held) {
            held = false;
            peers.held().leave();
        }
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
        if (pause != null) {
            pause.cancel(false);
            pause = null;
        }
    }

    /** The session is over; a stream that was not taken ends with it. Idempotent. */
    void end(String reason) {
        over = true;
        stopWaiting();
        if (watch != null) {
            watch.end();
        }
        if (stream != null && !taken) {
            stream.cancel(reason);
            stream = null;
        }
    }
}
