// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;

/**
 * The port to the workers that have realms: what the directory asks and orders about whole realms. Thread-safe; blocks;
 * each method throws {@link StoreUnavailableException} when the group cannot answer now: what was ordered may have
 * happened all the same, and can be ordered again.
 */
interface RealmHosts {
    /** A realm as the group has it. */
    HostedRealm status(GroupId group, RealmPath store);

    /** The sizes of realms of a group, in their order. */
    List<RealmSize> sizes(GroupId group, List<RealmPath> stores);

    /**
     * Orders what happens to a realm.
     *
     * @throws HostRefusalException if the realm is not as it has to be
     */
    HostedRealm change(GroupId group, RealmPath store, Order order);

    /** An order of that name, as workers know them. */
    record Order(String name, String move, String progress, boolean mark) {
        static Order of(String name, String move) {
            return new Order(name, move, "", false);
        }

        static Order purge(boolean mark) {
            return new Order("purge", "", "", mark);
        }
    }

    /**
     * A part of a realm.
     *
     * @param content in a form that workers know
     * @param digest of the content
     * @param next the place behind it; empty at the end
     * @param committed newest entry in the log of the group; 0 if that does not matter
     * @param writes what there is in it; 0: nothing
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Part(byte[] content, String digest, String next, long committed, long writes) {}

    /** What a realm holds behind a place. */
    Part page(GroupId group, RealmPath store, String after, long since);

    /** What has happened to a realm behind an entry of the log; null if the log does not reach back that far. */
    @Nullable Part tail(GroupId group, RealmPath store, long after, long since);

    /**
     * Gives a part to the group in which the realm arrives.
     *
     * @throws HostRefusalException if the realm has arrived farther, or not as far, or is no longer arriving
     */
    HostedRealm take(GroupId group, RealmPath store, Taking taking, Part part);

    /**
     * In which move a part is taken, and between which progresses.
     *
     * @param from the realm that the content names
     */
    record Taking(String move, String expected, String next, RealmPath from) {}

    /**
     * All of a realm as it is at one instant, in the form of {@code RealmFile}, from a worker that follows the master
     * if there is one. What is read throws {@link IOException} when the worker breaks off.
     *
     * @param since a committed entry of the log of the group that is in it for certain
     * @throws HostRefusalException if the realm is not served by that group now
     */
    InputStream export(GroupId group, RealmPath store, long since);

    /** Ends the sessions of a realm that is elsewhere now. */
    void dismiss(GroupId group, RealmPath store);

    /** The realm is not as it has to be for what was ordered. */
    final class HostRefusalException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HostRefusalException(String message) {
            super(message);
        }
    }
}
