// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.io.InputStream;
import org.openros.core.directory.RealmHosts.HostRefusalException;
import org.openros.core.directory.RealmHosts.Order;
import org.openros.core.directory.RealmHosts.Part;
import org.openros.core.directory.RealmHosts.Taking;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;

/**
 * The whole content of realms, given out for backups and taken from them. Thread-safe; blocks; each method throws
 * {@link StoreUnavailableException} when the group cannot answer now: what was asked can be asked again.
 */
public final class RealmContents {
    private final RealmHosts hosts;

    RealmContents(RealmHosts hosts) {
        this.hosts = hosts;
    }

    /**
     * How far a realm has come: two realms of one origin with the same end have the same content.
     *
     * @param version of its history
     * @param salt of that version
     * @param historyBytes of all its changesets
     * @param lastFile the newest client file
     */
    public record End(long version, long salt, long historyBytes, long lastFile) {}

    /** The realm is not as it has to be. */
    public static final class RealmRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RealmRefusedException(String message) {
            super(message);
        }
    }

    /**
     * Where content goes.
     *
     * @param store by which workers are to name the realm
     * @param name of the arrival; workers go on with one of the same name
     * @param from the name of the realm in the content
     */
    public record Arrival(GroupId group, RealmPath store, String name, RealmPath from) {
        /** One for a realm whose name at the workers nobody ever had. */
        public static Arrival of(GroupId group, String id, String name, RealmPath from) {
            return new Arrival(group, Directory.laterName(id), name, from);
        }
    }

    /** How far a group is now. */
    public long now(GroupId group) {
        return hosts.status(group, Directory.laterName("now")).committed();
    }

    /**
     * All of a realm as it is at one instant: frames, and an end. A worker that follows the master gives it, if there
     * is one, so that the master is not slowed.
     *
     * @param since what {@link #now} has told; that instant is not before
     * @throws RealmRefusedException if the group does not serve it: it moves, or was removed
     */
    public InputStream read(GroupId group, RealmPath store, long since) {
        try {
            return hosts.export(group, store, since);
        } catch (HostRefusalException e) {
            throw new RealmRefusedException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Begins an arrival, or finds how far it is.
     *
     * @param end with which all has arrived
     * @return the number of the frame that is expected, from 0; -1 if the realm is there and served
     * @throws RealmRefusedException if there is another realm of that name
     */
    public long begin(Arrival arrival, End end) {
        HostedRealm there = hosts.status(arrival.group(), arrival.store());
        if (there.is("OPEN", "") && end(there).equals(end)) {
            return -1;
        }
        if (!there.is("ARRIVING", arrival.name())) {
            there = change(arrival, new Order("admit", arrival.name(), "0", false));
        }
        return Long.parseLong(there.progress());
    }

    private static End end(HostedRealm realm) {
        HostedRealm.End end = realm.end();
        return new End(end.serverVersion(), end.salt(), end.cumulativeBytes(), end.lastFileIdent());
    }

    /**
     * Gives a frame.
     *
     * @param number the one that is expected
     * @param digest SHA-256 of the content in hexadecimal digits
     * @throws RealmRefusedException if another one is expected, or the content is not understood
     */
    public void take(Arrival arrival, long number, byte[] content, String digest) {
        Taking taking =
                new Taking(arrival.name(), Long.toString(number), Long.toString(number + 1), arrival.from());
        try {
            hosts.take(arrival.group(), arrival.store(), taking, new Part(content, digest, "", 0, 1));
        } catch (HostRefusalException e) {
            HostedRealm there = hosts.status(arrival.group(), arrival.store());
            // The reply to an earlier attempt may have been lost.
            if (!there.is("ARRIVING", arrival.name()) || !there.progress().equals(taking.next())) {
                throw new RealmRefusedException(String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * All has arrived: the realm can be served.
     *
     * @throws RealmRefusedException if that is not so
     */
    public void settle(Arrival arrival, End end) {
        End arrived = end(hosts.status(arrival.group(), arrival.store()));
        if (!arrived.equals(end)) {
            throw new RealmRefusedException("what has arrived is " + arrived + " instead of " + end);
        }
        change(arrival, Order.of("settle", arrival.name()));
    }

    private HostedRealm change(Arrival arrival, Order order) {
        try {
            return hosts.change(arrival.group(), arrival.store(), order);
        } catch (HostRefusalException e) {
            throw new RealmRefusedException(String.valueOf(e.getMessage()));
        }
    }

    /** Removes what has arrived; nobody may have been told of it. */
    public void remove(Arrival arrival) {
        hosts.change(arrival.group(), arrival.store(), Order.purge(false));
    }
}
